// Draws the examples into the README: a block whose first line names a file of examples/ gets that file's main region.
//
//   node scripts/readme.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const path = fileURLToPath(new URL('README.md', root));
const readme = readFileSync(path, 'utf8');
const drawn = readme.replaceAll(/```ts\n(\/\/ (examples\/\S+)\n)[^]*?```/g, (_, head, name) => {
  const [, main] = /\/\/ #region main\n([^]*?)\/\/ #endregion main/.exec(readFileSync(new URL(name, root), 'utf8'));
  return `\`\`\`ts\n${head}${main}\`\`\``;
});
if (process.argv.includes('--check')) {
  if (drawn !== readme) {
    console.error('README.md shows something else than the examples it names: run node scripts/readme.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, drawn);
}
