// Makes the tests over NATS ready: a virtual environment with doppler 0.75 and a newer nats-server, and Debian's server by apt-get
// where a CI job runs as root. Elsewhere what is there is used, or those tests are left out, and this says so.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { python, servers, venv } from './place.mjs';

const requirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const marker = join(venv, 'peers.sha256');
const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex');

if (
  process.env.CI &&
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/apt-get') &&
  !existsSync('/usr/sbin/nats-server')
) {
  // its package starts one, which these tests have no use for
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  const env = { ...process.env, RUNLEVEL: '1' };
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nats-server'], { stdio: 'inherit', env });
}
if (existsSync(python) && existsSync(marker) && readFileSync(marker, 'utf8') === pins) process.exit(0);
if (process.platform === 'win32') leaveOut('the peers have no build for Windows');

const name = process.env.PYTHON ?? 'python3';
run(name, ['-m', 'venv', venv]);
run(python, [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--disable-pip-version-check',
  '--only-binary',
  ':all:',
  '-r',
  requirements,
]);
run(python, ['-c', 'import doppler.stream']);
writeFileSync(marker, pins);
if (servers.length === 0 && !existsSync(join(venv, 'bin', 'nats-server'))) leaveOut('there is no nats-server');

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  const text = `${command} ${args.join(' ')} ${error?.message ?? `ended with ${status}`}`;
  if (process.env.CI) {
    console.error(text);
    process.exit(1);
  }
  leaveOut(text);
}

function leaveOut(reason) {
  console.warn(`\n*** The tests over NATS are left out: ${reason}. ***\n`);
  process.exit(0);
}
