import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { importedBy, roomOf } from '../../scripts/borders.mjs';

const root = new URL('../../', import.meta.url);
const src = fileURLToPath(new URL('src/', root));
const config = new URL('eslint.config.js', root).href;
const { rooms } = (await import(config)) as { rooms: Readonly<Record<string, string>> };
const order = Object.keys(rooms);

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.split(sep).join('/'));

/** What each file imports, types included. */
const specifiers = new Map(
  files.map((file) => [
    file,
    ts.preProcessFile(readFileSync(src + file, 'utf8')).importedFiles.map(({ fileName }) => fileName),
  ]),
);

/** The files that one imports. */
function neighbours(file: string): readonly string[] {
  return specifiers.get(file)!.flatMap((specifier) => {
    if (specifier === '#platform') return ['platform/node.ts', 'platform/browser.ts'];
    if (!specifier.startsWith('.')) return [];
    return [posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts')];
  });
}

/** The first circle that a walk along the imports finds. */
function circle(): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const next of neighbours(file)) {
      const found = walk(next);
      if (found) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const found = walk(file);
    if (found) return found;
  }
  return undefined;
}

describe('the rooms of src/', () => {
  it('are all in the table, and no others', () => {
    expect([...new Set(files.map((file) => roomOf(rooms, file)))].sort()).toEqual([...order].sort());
  });

  it('know rooms below themselves alone', () => {
    const upwards = order.flatMap((room, floor) =>
      rooms[room]!.split(' ')
        .filter((known) => order.indexOf(known) >= floor)
        .map((known) => `${room} -> ${known}`),
    );

    expect(upwards).toEqual([]);
  });

  it.each(order)('%s imports what the table lets it', (room) => {
    const known = [room, ...rooms[room]!.split(' ')];
    const others = files
      .filter((file) => roomOf(rooms, file) === room)
      .flatMap((file) =>
        specifiers
          .get(file)!
          .filter((specifier) => !known.includes(importedBy(rooms, file, specifier)))
          .map((specifier) => `${file} -> ${specifier}`),
      );

    expect(others).toEqual([]);
  });

  it('have no circle of files', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(circle()).toBeUndefined();
  });

  it('need node: modules in three places and entry points for Node only, and RxJS above its line only', () => {
    const users = (name: string): string[] => order.filter((room) => rooms[room]!.split(' ').includes(name));

    const below = (room: string): boolean => order.indexOf(room) < order.indexOf('rx');
    expect(users('node:').filter(below)).toEqual(['engine/carriers/node', 'native', 'workers/node']);
    expect(users('node:').filter((room) => !below(room) && !/^(sigmf|gateway|cli)(\/|$)/.test(room))).toEqual([]);
    expect(users('rxjs')[0]).toBe('rx');
    expect(files.filter((file) => file.startsWith('internal/'))).toEqual([]);
  });
});
