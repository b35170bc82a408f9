import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as rxzmq from 'rxzmq';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path: string) => join(root, path);
const names = (folder: string) =>
  existsSync(at(folder))
    ? readdirSync(at(folder))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => name.slice(0, -'.ts'.length))
    : [];

describe.each(['sources', 'sinks', 'operators'])('every file in src/%s', (room) => {
  const files = names(`src/${room}`);

  it('exists', () => {
    expect(files).not.toEqual([]);
  });

  it.each(files)('%s is exported, tested and has an example', (name) => {
    expect(Object.keys(rxzmq)).toContain(name);
    expect(existsSync(at(`test/${room}/${name}.test.ts`)), `test/${room}/${name}.test.ts`).toBe(true);
    expect(existsSync(at(`examples/${name}.ts`)), `examples/${name}.ts`).toBe(true);
  });

  it.each(files)('%s draws its example into the docs', (name) => {
    expect(readFileSync(at(`src/${room}/${name}.ts`), 'utf8')).toContain(`{@includeCode ../../examples/${name}.ts`);
  });
});

describe('every text file', () => {
  const skipped = new Set([
    'node_modules',
    '.git',
    '.venv',
    'dist',
    'coverage',
    'docs/api',
    'bench/results',
    'test/fixtures',
  ]);
  const generated = /\.(bin|tgz|log|png|jpe?g|gif|ico|woff2?)$/;

  function walk(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (skipped.has(entry.name) || skipped.has(relative(root, path).split(sep).join('/'))) return [];
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && !generated.test(entry.name) ? [path] : [];
    });
  }
  const files = walk(root).map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));

  it('names no folder of a developer’s machine and no package registry', () => {
    // `[j]` and the like keep this file from finding itself.
    const machine = /(?<![\w.~-])\/(work|root|home\/\w+|Users\/\w+|tmp\/bash_jobs)\/|\bregistry\.npm[j]s\b/;

    expect(files.filter(({ text }) => machine.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('gives a reason with every lint suppression', () => {
    const silent = /(eslint[-]disable|prettier[-]ignore)(?!.* -- \S)/;

    expect(
      files.filter(({ path, text }) => /\.[cm]?[jt]s$/.test(path) && silent.test(text)).map(({ path }) => path),
    ).toEqual([]);
  });
});
