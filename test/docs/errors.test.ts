import { readdirSync } from 'node:fs';
import * as rxzmq from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { guides, read, root } from './guides.js';

const guide = guides.get('docs/errors.md') ?? '';
const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

/** All classes of errors, those of other entry points included, by their codes. */
const classes = new Map(
  sources
    .flatMap((path) => read(`src/${path}`).split(/^export (?:abstract )?(?=class )/m))
    .flatMap((text) => {
      const name = /^class (\w+)/.exec(text)?.[1];
      const code = /readonly code = '(ERR_\w+)'/.exec(text)?.[1];
      return name !== undefined && code !== undefined ? [[code, name] as const] : [];
    }),
);

/** What a type that is a union of texts can be. */
function words(type: string): string[] {
  const declaration = new RegExp(`^export type ${type} =([^;]+);`, 'm');
  const [, union = ''] = sources.map((path) => declaration.exec(read(`src/${path}`))).find(Boolean) ?? [];
  return [...union.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
}

describe('the guide to errors', () => {
  it('has been compared with classes that there are', () => {
    const exported = Object.keys(rxzmq).filter((name) => name.endsWith('Error') && name !== 'RxZmqError');

    expect(exported.length).toBeGreaterThan(10);
    expect([...classes.values()]).toEqual(expect.arrayContaining(exported));
  });

  it.each([...classes])('says what %s is, and what to do', (code, name) => {
    const anchor = code.toLowerCase();
    const [, section = ''] = new RegExp(`\n## ${code}\n([^]*?)(?=\n## |$)`).exec(guide) ?? [];

    expect(guide).toContain(`| [\`${code}\`](#${anchor}) | \`${name}\` |`);
    expect(section).toMatch(/\*\*What to do\*\*|what to do \|/);
  });

  it('has no code that there is not', () => {
    expect([...new Set(guide.match(/ERR_[A-Z_]+/g))].sort()).toEqual([...classes.keys()].sort());
  });

  it.each(words('FrameFault'))('has the fault %s', (fault) => {
    expect(guide).toContain(`| \`'${fault}'\` |`);
  });

  it.each(words('SocketOperation'))('has the operation %s', (operation) => {
    expect(guide).toContain(`\`'${operation}'\``);
  });

  it('has every kind of status', () => {
    const kinds = [...read('src/driver/SocketStatus.ts').matchAll(/readonly kind: '(\w+)'/g)].map(([, kind]) => kind);
    const section = guide.slice(guide.indexOf('## No errors'));

    expect(kinds.length).toBeGreaterThan(10);
    expect(kinds.filter((kind) => !section.includes(`\`${kind}\``))).toEqual([]);
  });
});
