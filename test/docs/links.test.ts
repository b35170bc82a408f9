import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { anchorOf, deadLinks } from './deadLinks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'docs/site/landing.md',
];
const read = (name: string): string => readFileSync(root + name, 'utf8');

it('every link of a guide leads to a file and an anchor in it', () => {
  expect(names.length).toBeGreaterThan(20);
  expect(deadLinks(names, read, (name) => existsSync(root + name))).toEqual([]);
});

it('a dead one is found', () => {
  const pages: Readonly<Record<string, string>> = {
    'a.md': '[1](b.md#here) [2](b.md#there) [3](c.md) [4](#top) <img src="x.svg"> `[5](d.md)`\n# Top',
    'b.md': '## Here',
  };
  expect(
    deadLinks(
      ['a.md'],
      (name) => pages[name]!,
      (name) => name in pages,
    ),
  ).toEqual(['a.md: b.md#there', 'a.md: c.md', 'a.md: x.svg']);
});

it('anchors are made as on the pages of repositories', () => {
  expect(anchorOf('What `toPub` does: a *list*')).toBe('what-topub-does-a-list');
});

it('no guide links to a page of a package registry: these are not documentation', () => {
  const linked = names.filter((name) => /\]\(https?:\/\/(www\.)?(npmjs\.com|pypi\.org|crates\.io)\//.test(read(name)));
  expect(linked).toEqual([]);
});
