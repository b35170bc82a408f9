import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Figure } from './Figure.js';
import type { Settings } from './settings.js';

/** What a run found, by the name of its row. */
export type Results = Readonly<Record<string, readonly Figure[]>>;

/** Writes a run into `bench/results`; gives the file's path in the checkout. */
export function save(settings: Settings, rows: Results, notes: readonly string[]): string {
  const at = new Date().toISOString();
  const file = `bench/results/${at.replaceAll(':', '-').slice(0, 19)}.json`;
  const machine = { node: process.version, platform: `${process.platform} ${process.arch}`, processors: cpus().length };
  const root = new URL('../../', import.meta.url);
  mkdirSync(new URL('bench/results/', root), { recursive: true });
  writeFileSync(
    fileURLToPath(new URL(file, root)),
    `${JSON.stringify({ at, machine, settings, notes, rows }, undefined, 2)}\n`,
  );
  return file;
}
