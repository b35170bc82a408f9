import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Run } from './Run.js';

/** Writes a run into `bench/results`; gives the file's path in the checkout. */
export function save({ at, machine, settings, notes, rows, missing }: Run): string {
  const file = `bench/results/${at.replaceAll(':', '-').slice(0, 19)}.json`;
  const root = new URL('../../', import.meta.url);
  mkdirSync(new URL('bench/results/', root), { recursive: true });
  writeFileSync(
    fileURLToPath(new URL(file, root)),
    `${JSON.stringify({ at, machine, settings, notes, rows, missing }, undefined, 2)}\n`,
  );
  return file;
}
