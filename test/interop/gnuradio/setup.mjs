// Makes GNU Radio ready for its interop tests, the light way: its libraries by apt-get, and its Python modules unpacked
// into node_modules/.cache, so that none of its graphical programs is needed. A CI job that runs as root on Debian or
// Ubuntu installs it; elsewhere what is there is used, or those tests are left out, and this says so.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { modules, python, pythonPath } from './place.mjs';

/** What its Python modules load. The names of the libraries have the release in them. */
const LIBRARIES = /^libgnuradio-(zeromq|blocks|pdu|network)[\d.]+(t64)?$/;
const PYTHON_MODULES = ['python3-numpy', 'python3-zmq', 'python3-packaging'];

if (loads()) process.exit(0);
if (!process.env.CI || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) leaveOut();

run('apt-get', ['update', '-qq']);
const depends = spawnSync('apt-cache', ['depends', 'gnuradio'], { encoding: 'utf8' }).stdout;
const libraries = [...depends.matchAll(/Depends: (\S+)/g)]
  .map(([, name]) => name)
  .filter((name) => LIBRARIES.test(name));
run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...libraries, ...PYTHON_MODULES]);
rmSync(modules, { recursive: true, force: true });
mkdirSync(modules, { recursive: true });
run('apt-get', ['download', '-qq', 'gnuradio'], modules);
const archive = readdirSync(modules).find((name) => name.endsWith('.deb'));
run('dpkg', ['-x', join(modules, archive ?? 'gnuradio.deb'), modules]);
if (!loads()) fail('GNU Radio was installed, but does not load');

function loads() {
  const env = { ...process.env, PYTHONPATH: pythonPath };
  return spawnSync(python, ['-c', 'from gnuradio import blocks, gr, zeromq'], { env, stdio: 'ignore' }).status === 0;
}

function leaveOut() {
  console.warn(
    [
      '',
      '*** The tests with GNU Radio are left out: it is not installed. ***',
      'On Debian and Ubuntu: apt-get install --no-install-recommends gnuradio python3-zmq',
      '',
    ].join('\n'),
  );
  process.exit(0);
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd });
  if (status !== 0) fail(`${command} ${args.join(' ')} ${error?.message ?? `ended with ${status}`}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
