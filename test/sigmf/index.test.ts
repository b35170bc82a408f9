import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as sigmf from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { codeWords, guides } from '../docs/guides.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const guide = codeWords(guides.get('docs/recordings.md') ?? '');
const files = readdirSync(`${root}src/sigmf`)
  .filter((name) => name.endsWith('.ts') && !['index.ts', 'errors.ts'].includes(name))
  .map((name) => name.slice(0, -'.ts'.length));

describe.each(files)('%s', (name) => {
  const source = readFileSync(`${root}src/sigmf/${name}.ts`, 'utf8');

  it('is exported, has an example that its docs draw in, and is in the guide', () => {
    expect(Object.keys(sigmf)).toContain(name);
    expect(existsSync(`${root}examples/${name}.ts`)).toBe(true);
    expect(source).toContain(`{@includeCode ../../examples/${name}.ts#main}`);
    expect(guide).toContain(name);
  });
});

it('the guide speaks of every option', () => {
  const rooms = [...files, 'reading/ReplayOptions', 'rtl/RtlTcpSettings'];
  const options = rooms.flatMap((name) => {
    const source = readFileSync(`${root}src/sigmf/${name}.ts`, 'utf8');
    const groups = source.match(/^export interface \w*(?:Options|Settings)\b[^]*?^}/gm) ?? [];
    return groups.flatMap((group) => [...group.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, option = '']) => option));
  });
  expect(options.length).toBeGreaterThan(40);
  expect([...new Set(options)].filter((option) => !guide.has(option))).toEqual([]);
});
