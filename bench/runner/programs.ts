import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allDrivers, type Driver } from './drivers.js';
import type { Program } from './Peer.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** The interpreter that the Python peers run in. */
export const python = path('../../.venv/bin/python');

/** A peer in JavaScript, under Node as it is, on the built package. */
export function node(name: string, ...args: readonly (string | number)[]): Program {
  return { command: process.execPath, args: [path(`../peers/${name}.mjs`), ...args] };
}

/** A peer in Python, in the environment that has doppler's package, and others to compare with. */
export function doppler(name: string, ...args: readonly (string | number)[]): Program {
  return { command: python, args: ['-u', path(`../peers/${name}.py`), ...args] };
}

const cNames = ['sender', 'receiver', 'publisher', 'subscribers'] as const;

/** A program in C, made with what it is told. */
export type CProgram = (...args: readonly (string | number)[]) => Program;

/** What this machine has to measure with. */
export interface Tools {
  /** The programs in C, compiled; `undefined`: there is no compiler or no libzmq. */
  readonly c: Readonly<Record<(typeof cNames)[number], CProgram>> | undefined;
  readonly doppler: boolean;
  readonly pyzmq: boolean;
  /** The drivers that the built package has. */
  readonly drivers: readonly Driver[];
  /** Whether the built package can give memory back. */
  readonly release: boolean;
  /** What is missing and how to get it. */
  readonly notes: readonly string[];
}

/** @throws Error if the built package does not load */
export function findTools(): Tools {
  const c = compileAll();
  const hasDoppler = imports('doppler.stream, numpy');
  const hasPyzmq = imports('zmq.asyncio');
  const { refused, release } = features();
  const drivers = allDrivers.filter((driver) => refused[driver] === undefined);
  const notes: string[] = [];
  if (c === undefined) {
    const stead = hasDoppler ? "doppler's Python Push, which is C underneath" : 'zeromq.js by hand';
    notes.push(
      'No programs in C: they need a C compiler and the headers of libzmq (Debian, Ubuntu: apt-get install gcc ' +
        `libzmq3-dev; macOS: brew install zeromq). In their sender's stead: ${stead}; comparisons with C are left out.`,
    );
  }
  if (!hasDoppler) {
    notes.push("No doppler: its figures are left out. 'node test/interop/setup.mjs' installs it; it needs Python 3.9.");
  }
  if (!hasPyzmq) {
    notes.push("No pyzmq: its figures are left out. 'node test/interop/setup.mjs' installs it; it needs Python 3.9.");
  }
  for (const [driver, why] of Object.entries(refused)) {
    notes.push(`The built package has no driver '${driver}', whose figures are left out: ${why}.`);
  }
  if (!release && drivers.includes('engine')) {
    notes.push("The built package has no 'release': the figures with it are left out.");
  }
  return { c, doppler: hasDoppler, pyzmq: hasPyzmq, drivers, release, notes };
}

/** A sender that receivers cannot keep up with, and how the table calls it. */
export function fastSender({ c, doppler: hasDoppler }: Tools, payloadBytes: number): [name: string, Program] {
  if (c !== undefined) return ['C sender', c.sender(payloadBytes, 1)];
  if (hasDoppler) return ["doppler's Push", doppler('push', payloadBytes)];
  return ['zeromq.js sender', node('zeromqPush', payloadBytes)];
}

/** Whether the environment of the Python peers has these modules. */
function imports(modules: string): boolean {
  return existsSync(python) && spawnSync(python, ['-c', `import ${modules}`]).status === 0;
}

interface Features {
  /** Why, by the driver. */
  readonly refused: Readonly<Partial<Record<Driver, string>>>;
  readonly release: boolean;
}

/** What the built package can do, asked in a process of its own: this one need not be able to load it. */
function features(): Features {
  const { command, args } = node('features', ...allDrivers);
  const asked = spawnSync(command, args.map(String), { encoding: 'utf8' });
  if (asked.status !== 0) throw new Error(`the built package does not load\n${asked.stderr}`);
  return JSON.parse(asked.stdout) as Features;
}

function compileAll(): Tools['c'] {
  const folder = path('../results/bin');
  mkdirSync(folder, { recursive: true });
  const paths = spawnSync('pkg-config', ['--cflags', '--libs-only-L', 'libzmq'], { encoding: 'utf8' });
  const found = paths.status === 0 ? paths.stdout.split(/\s+/).filter(Boolean) : [];
  const compile = (name: string): [string, CProgram] | undefined => {
    const command = `${folder}/${name}`;
    const flags = ['-O2', '-o', command, path(`../peers/${name}.c`), ...found, '-lzmq'];
    if (spawnSync(process.env['CC'] ?? 'cc', flags).status !== 0) return undefined;
    return [name, (...args) => ({ command, args })];
  };
  const programs = cNames.map(compile);
  if (programs.includes(undefined)) return undefined;
  return Object.fromEntries(programs as [string, CProgram][]) as Tools['c'];
}
