// Draws the examples into the README and the guides: a block whose first line names a file of examples/, and a region other than
// `main`, has the code of that region. A line `{@includeCode ../examples/name.ts#region}` becomes such a block.
//
//   node scripts/snippets.mjs [--check]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codeOf } from './regions.mjs';

const root = new URL('..', import.meta.url);
const guides = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));

const block = (name, region = 'main') =>
  `\`\`\`ts\n// ${name}${region === 'main' ? '' : `#${region}`}\n${codeOf(name, region)}\n\`\`\``;

let wrong = 0;
for (const path of ['README.md', 'docs/site/landing.md', ...guides.map((name) => `docs/${name}`)]) {
  const text = readFileSync(new URL(path, root), 'utf8');
  const drawn = text
    .replaceAll(/^\{@includeCode (?:\.\.\/)+(examples\/[^#\s]+)#(\w+)\}$/gm, (_, name, region) => block(name, region))
    .replaceAll(/^```ts\n\/\/ (examples\/[^#\s]+)(?:#(\w+))?\n[^]*?^```$/gm, (_, name, region) => block(name, region));
  if (drawn === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} shows something else than the examples it names: run node scripts/snippets.mjs`);
    wrong += 1;
  } else writeFileSync(new URL(path, root), drawn);
}
if (wrong > 0) process.exitCode = 1;
