import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { node, type Tools } from './programs.js';

/** What a run was measured on and with, by what it is called. */
export type Machine = Readonly<Record<string, string>>;

/** What the Python peers are made of; the package and the name its version has. */
const pythonVersions = `
import importlib.metadata, platform
print("Python", platform.python_version())
for name in ("pyzmq", "doppler-dsp", "savant_rs"):
    try:
        print(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        pass
try:
    import zmq
    print("libzmq of pyzmq", zmq.zmq_version())
except ImportError:
    pass
`;

/** Looks at the machine and at what the peers use of it. What cannot be found out is left out. */
export function findMachine({ c, python }: Pick<Tools, 'c' | 'python'>): Machine {
  const processors = cpus();
  const found: Record<string, string | undefined> = {
    processor: `${processors.length} x ${processors[0]?.model.trim() ?? process.arch}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    system: `${process.platform} ${release().split('-', 1)[0]}, ${process.arch}`,
    Node: process.version.slice(1),
    rxzmq: versionIn('package.json'),
    rxjs: versionIn('node_modules/rxjs/package.json'),
    'zeromq.js': versionIn('node_modules/zeromq/package.json'),
    'libzmq of zeromq.js': output(node('versions')),
    'libzmq of the programs in C': c && output({ command: 'pkg-config', args: ['--modversion', 'libzmq'] }),
    'C compiler': c && output({ command: process.env['CC'] ?? 'cc', args: ['--version'] })?.split('\n')[0],
  };
  for (const line of output({ command: python.command, args: ['-c', pythonVersions] })?.split('\n') ?? []) {
    const at = line.lastIndexOf(' ');
    found[line.slice(0, at)] = line.slice(at + 1);
  }
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function versionIn(path: string): string | undefined {
  try {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    return undefined; // it is not installed
  }
}

function output({ command, args }: ReturnType<typeof node>): string | undefined {
  const { status, stdout } = spawnSync(command, args.map(String), { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
