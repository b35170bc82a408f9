import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MakeProgram } from './Peer.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** The environment that the live peers of the tests are in as well. */
const OWN = path('../../.venv/bin/python');

/** A Python, and which of the packages to compare with it has. */
export interface PythonPeers {
  readonly command: string;
  /** A program of `bench/peers`. */
  readonly program: MakeProgram;
  readonly doppler: boolean;
  readonly pyzmq: boolean;
  readonly savant: boolean;
  /** What is missing. */
  readonly notes: readonly string[];
}

/** Makes the environment, unless it is there. */
export function installPythonPeers(): void {
  if (existsSync(OWN)) return;
  console.error('installing pyzmq, doppler and savant_rs into .venv ...');
  const installed = spawnSync(process.execPath, [path('../../test/interop/setup.mjs')], { encoding: 'utf8' });
  if (installed.status !== 0) console.error(`${installed.stdout}${installed.stderr}`.trimEnd());
}

/** Looks what a Python has. @param command another one than that of the environment */
export function findPythonPeers(command: string = OWN): PythonPeers {
  const asked = spawnSync(command, ['-c', question], { encoding: 'utf8' });
  const found = asked.status === 0 ? (JSON.parse(asked.stdout) as Found) : {};
  const { doppler, version } = found;
  const notes: string[] = [];
  const least = `'node test/interop/setup.mjs' installs it; it needs Python 3.9`;
  if (doppler !== true && version !== undefined) {
    notes.push(`doppler-dsp ${version} does not speak ZeroMQ, as 0.21 does: its figures are left out.`);
  } else if (doppler !== true) {
    notes.push(`No doppler: its figures are left out. ${least}, or --doppler names a Python that has it.`);
  }
  if (found.pyzmq !== true) notes.push(`No pyzmq: its figures are left out. ${least}.`);
  if (found.savant !== true) notes.push(`No savant_rs: its figures are left out. ${least}, and a build of savant_rs.`);
  return {
    command,
    program: (name, ...args) => ({ command, args: ['-u', path(`../peers/${name}.py`), ...args] }),
    doppler: doppler === true,
    pyzmq: found.pyzmq === true,
    savant: found.savant === true,
    notes,
  };
}

interface Found {
  readonly doppler?: boolean;
  readonly pyzmq?: boolean;
  readonly savant?: boolean;
  /** Of doppler. */
  readonly version?: string;
}

/** Versions of doppler from 0.22 on load, but speak NATS. */
const question = `
import importlib, importlib.metadata, json
found = {}
for name, module in (("doppler", "doppler.stream"), ("pyzmq", "zmq.asyncio"), ("savant", "savant_rs.zmq")):
    try:
        importlib.import_module(module)
        found[name] = True
    except ImportError:
        pass
try:
    found["version"] = importlib.metadata.version("doppler-dsp")
    if tuple(map(int, found["version"].split(".")[:2])) >= (0, 22):
        found["doppler"] = False
except importlib.metadata.PackageNotFoundError:
    pass
print(json.dumps(found))
`;
