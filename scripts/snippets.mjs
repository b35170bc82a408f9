// Draws the examples into the README and the guides: a block whose first line names a file of examples/, and a region other than
// `main`, has the code of that region. A line `{@includeCode ../examples/name.ts#region}` becomes such a block.
//
//   node scripts/snippets.mjs [--check]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const guides = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));

/** @throws Error if there is no such file or region */
function codeOf(name, region) {
  const lines = readFileSync(new URL(name, root), 'utf8').split('\n');
  const [from, to] = ['region', 'endregion'].map((mark) =>
    lines.findIndex((line) => line.trim() === `// #${mark} ${region}`),
  );
  if (from < 0 || to < from) throw new Error(`${name} has no region '${region}'`);
  const code = lines.slice(from + 1, to).filter((line) => !/^\s*\/\/ #(end)?region /.test(line));
  const indent = Math.min(...code.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return code.map((line) => line.slice(indent)).join('\n');
}

const block = (name, region = 'main') =>
  `\`\`\`ts\n// ${name}${region === 'main' ? '' : `#${region}`}\n${codeOf(name, region)}\n\`\`\``;

let wrong = 0;
for (const path of ['README.md', ...guides.map((name) => `docs/${name}`)]) {
  const text = readFileSync(new URL(path, root), 'utf8');
  const drawn = text
    .replaceAll(/^\{@includeCode \.\.\/(examples\/[^#\s]+)#(\w+)\}$/gm, (_, name, region) => block(name, region))
    .replaceAll(/^```ts\n\/\/ (examples\/[^#\s]+)(?:#(\w+))?\n[^]*?^```$/gm, (_, name, region) => block(name, region));
  if (drawn === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} shows something else than the examples it names: run node scripts/snippets.mjs`);
    wrong += 1;
  } else writeFileSync(new URL(path, root), drawn);
}
if (wrong > 0) process.exitCode = 1;
