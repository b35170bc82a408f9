import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Program } from './Peer.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const python = path('../../.venv/bin/python');

/** A peer in JavaScript, under Node as it is, on the built package. */
export function node(name: string, ...args: readonly (string | number)[]): Program {
  return { command: process.execPath, args: [path(`../peers/${name}.mjs`), ...args] };
}

/** A peer on doppler's Python package. */
export function doppler(name: string, ...args: readonly (string | number)[]): Program {
  return { command: python, args: ['-u', path(`../peers/${name}.py`), ...args] };
}

/** What this machine has to measure with. */
export interface Tools {
  /** The sender in C, compiled; `undefined`: there is no compiler or no libzmq. */
  readonly cSender: string | undefined;
  readonly doppler: boolean;
  /** What is missing and how to get it. */
  readonly notes: readonly string[];
}

export function findTools(): Tools {
  const cSender = compile('sender');
  const hasDoppler = existsSync(python) && spawnSync(python, ['-c', 'import doppler.stream, numpy']).status === 0;
  const notes: string[] = [];
  if (cSender === undefined) {
    const stead = hasDoppler ? "doppler's Python Push, which is C underneath" : 'zeromq.js by hand';
    notes.push(
      'No C sender: it needs a C compiler and the headers of libzmq (Debian, Ubuntu: apt-get install gcc libzmq3-dev; ' +
        `macOS: brew install zeromq). In its stead: ${stead}.`,
    );
  }
  if (!hasDoppler) {
    notes.push("No doppler: its rows are left out. 'node test/interop/setup.mjs' installs it; it needs Python 3.9.");
  }
  return { cSender, doppler: hasDoppler, notes };
}

/** A sender that receivers cannot keep up with, and how the table calls it. */
export function fastSender({ cSender, doppler: hasDoppler }: Tools, payloadBytes: number): [name: string, Program] {
  if (cSender !== undefined) return ['C sender', { command: cSender, args: [payloadBytes, 1] }];
  if (hasDoppler) return ["doppler's Push", doppler('push', payloadBytes)];
  return ['zeromq.js sender', node('zeromqPush', payloadBytes)];
}

/** Compiles a program of `bench/peers`; `undefined` where that does not work. */
function compile(name: string): string | undefined {
  const folder = path('../results/bin');
  mkdirSync(folder, { recursive: true });
  const program = `${folder}/${name}`;
  const flags = ['-O2', '-o', program, path(`../peers/${name}.c`)];
  const paths = spawnSync('pkg-config', ['--cflags', '--libs-only-L', 'libzmq'], { encoding: 'utf8' });
  const found = paths.status === 0 ? paths.stdout.split(/\s+/).filter(Boolean) : [];
  return spawnSync(process.env['CC'] ?? 'cc', [...flags, ...found, '-lzmq']).status === 0 ? program : undefined;
}
