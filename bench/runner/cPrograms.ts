import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MakeProgram } from './Peer.js';

const names = ['sender', 'receiver', 'publisher', 'subscribers', 'requester', 'replier'] as const;

/** The programs in C, by name. */
export type CPrograms = Readonly<Record<(typeof names)[number], MakeProgram>>;

/** How the programs in C send: as people write it, by `zmq_send`, or a payload that is handed over. */
export const inC = { C: 'copied', 'C at its best': 'given' } as const;

/** Compiles them; `undefined`: there is no compiler or no libzmq. */
export function compileAll(): CPrograms | undefined {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const folder = path('../results/bin');
  mkdirSync(folder, { recursive: true });
  const paths = spawnSync('pkg-config', ['--cflags', '--libs-only-L', 'libzmq'], { encoding: 'utf8' });
  const found = paths.status === 0 ? paths.stdout.split(/\s+/).filter(Boolean) : [];
  const compile = (name: string): [string, MakeProgram] | undefined => {
    const command = `${folder}/${name}`;
    const flags = ['-O2', '-pthread', '-o', command, path(`../peers/${name}.c`), ...found, '-lzmq'];
    if (spawnSync(process.env['CC'] ?? 'cc', flags).status !== 0) return undefined;
    return [name, (...args) => ({ command, args })];
  };
  const programs = names.map(compile);
  if (programs.includes(undefined)) return undefined;
  return Object.fromEntries(programs as [string, MakeProgram][]) as CPrograms;
}
