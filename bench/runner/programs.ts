import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileAll, type CPrograms } from './cPrograms.js';
import { allDrivers, type Driver } from './drivers.js';
import type { MakeProgram, Program } from './Peer.js';
import { findPythonPeers, type PythonPeers } from './pythonPeers.js';

/** A peer in JavaScript, under Node as it is, on the built package. */
export function node(name: string, ...args: readonly (string | number)[]): Program {
  const path = fileURLToPath(new URL(`../peers/${name}.mjs`, import.meta.url));
  return { command: process.execPath, args: [path, ...args] };
}

/** Our sender, made with where it is to be; MEMORY as in `toPush.mjs`. */
export function toPush(driver: Driver, payloadBytes: number, memory: string): (where: string) => Program {
  return (where) => node('toPush', driver, payloadBytes, memory, where);
}

/** Our receiver; MEMORY as in `fromPull.mjs`. */
export function fromPull(driver: Driver, memory = 'kept'): MakeProgram {
  return (...args) => node('fromPull', driver, memory, ...args);
}

/** What this machine has to measure with. */
export interface Tools {
  /** The programs in C, compiled; `undefined`: there is no compiler or no libzmq. */
  readonly c: CPrograms | undefined;
  readonly python: PythonPeers;
  /** The drivers that the built package has. */
  readonly drivers: readonly Driver[];
  /** Whether the built package can give memory back. */
  readonly release: boolean;
  /** What is missing and how to get it. */
  readonly notes: readonly string[];
}

/**
 * @param interpreter a Python, instead of that of the environment
 * @throws Error if the built package does not load
 */
export function findTools(interpreter?: string): Tools {
  const c = compileAll();
  const python = findPythonPeers(interpreter);
  const { refused, release } = features();
  const drivers = allDrivers.filter((driver) => refused[driver] === undefined);
  const notes: string[] = [];
  if (c === undefined) {
    const stead = python.doppler ? "doppler's Python Push, which is C underneath" : 'zeromq.js by hand';
    notes.push(
      'No programs in C: they need a C compiler and the headers of libzmq (Debian, Ubuntu: apt-get install gcc ' +
        `libzmq3-dev; macOS: brew install zeromq). In their sender's stead: ${stead}; comparisons with C are left out.`,
    );
  }
  notes.push(...python.notes);
  for (const [driver, why] of Object.entries(refused)) {
    notes.push(`The built package has no driver '${driver}', whose figures are left out: ${why}.`);
  }
  if (!release && drivers.includes('engine')) {
    notes.push("The built package has no 'release': the figures with it are left out.");
  }
  return { c, python, drivers, release, notes };
}

/** A sender that receivers cannot keep up with, and how the table calls it. */
export function fastSender(
  { c, python }: Tools,
  payloadBytes: number,
): [name: string, sender: (where: string) => Program] {
  if (c !== undefined) return ['C sender', (where) => c.sender(payloadBytes, 1, 'given', where)];
  if (python.doppler) return ["doppler's Push", (where) => python.program('push', payloadBytes, where)];
  return ['zeromq.js sender', (where) => node('zeromqPush', payloadBytes, where)];
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
