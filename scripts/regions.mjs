// The code of a region of an example, for guides, README and published types.
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);

/** @throws Error if there is no such file or region */
export function codeOf(name, region = 'main') {
  const lines = readFileSync(new URL(name, root), 'utf8').split('\n');
  const [from, to] = ['region', 'endregion'].map((mark) =>
    lines.findIndex((line) => line.trim() === `// #${mark} ${region}`),
  );
  if (from < 0 || to < from) throw new Error(`${name} has no region '${region}'`);
  const code = lines.slice(from + 1, to).filter((line) => !/^\s*\/\/ #(end)?region /.test(line));
  const indent = Math.min(...code.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return code.map((line) => line.slice(indent)).join('\n');
}
