// Runs the suite on the ends of what is supported:
//   oldest  the lowest Node of `engines` with the lowest rxjs and zeromq of `peerDependencies`
//   newest  the newest Node there is, with what the lock file holds
// Each end runs the tests of what its versions can break; `--whole` runs all of them.
// Everything happens in a temporary copy; the checkout stays as it is.
//
//   node scripts/compat.mjs [oldest|newest] [--whole] [--reports <folder>]
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npm } from './npm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reports: { type: 'string' }, whole: { type: 'boolean', default: false } },
});

const lowest = (range) => /\d+\.\d+\.\d+/.exec(range)[0];
const peers = Object.entries(manifest.peerDependencies).map(([name, range]) => `${name}@${lowest(range)}`);
/** Folders of `test/` in which something depends on the version of rxjs or zeromq, and of Node. */
const ON_PEERS = 'demand lifetime native operators rx sinks sources testing types'.split(' ');
const ON_NODE =
  'cli/help contract endpoints engine/carriers engine/connections gateway lifetime memory native platform rx security sigmf workers'.split(
    ' ',
  );
const ends = {
  oldest: { node: lowest(manifest.engines.node), packages: peers, folders: ON_PEERS },
  newest: { node: 'latest', packages: [], folders: ON_NODE },
};

// The `node` package fetches its binary in an install script, which npm may block. The binary's own package needs none.
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** A copy of the checkout whose node_modules are links into the real ones, except for `packages`. */
function copyCheckout(folder, packages) {
  const skipped = new Set(['node_modules', '.git', '.venv', 'dist', 'coverage', 'docs/api', 'bench/results']);
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !skipped.has(relative(root, path).replaceAll('\\', '/')),
  });
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const own = new Set(packages.map((name) => name.slice(0, name.lastIndexOf('@'))));
  for (const entry of readdirSync(join(root, 'node_modules'), { withFileTypes: true })) {
    if (own.has(entry.name) || entry.name === '.package-lock.json' || entry.name.startsWith('.vite')) continue;
    symlinkSync(join(root, 'node_modules', entry.name), join(modules, entry.name), 'junction');
  }
  return modules;
}

function runEnd(name, { node, packages, folders }) {
  const temporary = mkdtempSync(join(tmpdir(), `rxzmq-${name}-`));
  try {
    const tools = join(temporary, 'tools');
    npm(['install', '--prefix', tools, `${nodePackage}@${node}`, ...packages], { cwd: temporary });

    const checkout = join(temporary, 'checkout');
    const modules = copyCheckout(checkout, packages);
    for (const entry of packages.length > 0 ? readdirSync(join(tools, 'node_modules')) : []) {
      if (entry.startsWith('.') || entry === nodePackage) continue;
      const target = join(modules, entry);
      rmSync(target, { recursive: true, force: true }); // a link, or nothing
      cpSync(join(tools, 'node_modules', entry), target, { recursive: true });
    }

    const binary = join(tools, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    const versions = ['rxjs', 'zeromq'].map(
      (peer) => `${peer} ${JSON.parse(readFileSync(join(modules, peer, 'package.json'), 'utf8')).version}`,
    );
    console.log(`\n== ${name}: Node ${String(spawnSync(binary, ['--version']).stdout).trim()}, ${versions.join(', ')}`);

    const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default'];
    if (!values.whole) args.push(...folders.map((folder) => `test/${folder}`));
    if (values.reports) {
      args.push('--reporter=json', `--outputFile.json=${join(resolve(values.reports), `compat-${name}.json`)}`);
    }
    const path = `${dirname(binary)}${delimiter}${process.env.PATH}`; // for tests that start `node` by name
    const { status } = spawnSync(binary, args, {
      cwd: checkout,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return status === 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

let passed = true;
for (const name of positionals.length > 0 ? positionals : Object.keys(ends)) {
  if (!(name in ends)) throw new Error(`unknown end '${name}': say ${Object.keys(ends).join(' or ')}`);
  try {
    passed = runEnd(name, ends[name]) && passed; // one end that fails must not hide the other
  } catch (error) {
    console.error(error);
    passed = false;
  }
}
process.exitCode = passed ? 0 : 1;
