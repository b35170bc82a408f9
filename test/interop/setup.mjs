// Makes the Python environment of the live peers: `.venv` in the checkout, with what requirements.txt pins.
// Done already: it costs one look at a marker. Nothing outside `.venv` changes, except that a CI job which runs as
// root on Debian or Ubuntu installs the system's own python3-venv where it is missing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST = [3, 9];
/** Programs of the system, and their packages: tests of those that cannot be had are left out. */
const PROGRAMS = { rtl_tcp: 'rtl-sdr', nginx: 'nginx-light' };
const absent = Object.entries(PROGRAMS).filter(
  ([name]) => spawnSync(name, ['-h'], { stdio: 'ignore' }).error !== undefined,
);
if (mayInstall() && absent.length > 0) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }; // no service is started
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  const packages = absent.map(([, name]) => name);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'inherit', env });
}
const requirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const venv = fileURLToPath(new URL('../../.venv', import.meta.url));
const venvPython = join(venv, 'bin', 'python');
const marker = join(venv, 'interop-peers.sha256');
const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex');

if (existsSync(venvPython) && existsSync(marker) && readFileSync(marker, 'utf8') === pins) process.exit(0);

if (process.platform === 'win32') fail('The live peers need Linux or macOS: their package has no build for Windows.');

run(python(), ['-m', 'venv', venv], 'The virtual environment could not be made');
// A wheel or nothing: a build from source would need a C compiler and the peer's own libraries.
run(
  venvPython,
  ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', '-r', requirements],
  `The peers in ${requirements} could not be installed`,
);
run(venvPython, ['-c', 'import doppler.stream, doppler.cli.source'], 'The installed peers do not load');
writeFileSync(marker, pins);

/** A Python that is new enough and can make virtual environments. */
function python() {
  const name = process.env.PYTHON ?? 'python3';
  const least = LEAST.join('.');
  let missing = inspect(name, least);
  if (missing !== undefined && missing.packages !== undefined && mayInstall()) {
    run('apt-get', ['update', '-qq'], 'apt-get update failed');
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing.packages], 'apt-get install failed');
    missing = inspect(name, least);
  }
  if (missing !== undefined) fail(missing.message);
  return name;
}

function inspect(name, least) {
  const probe = spawnSync(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
  if (probe.status !== 0) {
    return {
      message: `No Python: "${name}" does not run. Install Python ${least} or newer, or name one in PYTHON.`,
      packages: ['python3', 'python3-venv'],
    };
  }
  const version = probe.stdout.trim();
  const [major, minor] = version.split('.').map(Number);
  if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
    return { message: `"${name}" is Python ${version}; the peers need ${least} or newer. Name one in PYTHON.` };
  }
  if (spawnSync(name, ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status !== 0) {
    return {
      message: `"${name}" cannot make virtual environments: ensurepip is missing. On Debian and Ubuntu: apt-get install python3-venv`,
      packages: ['python3-venv'],
    };
  }
  return undefined;
}

function mayInstall() {
  return Boolean(process.env.CI) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function run(command, args, complaint) {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0)
    fail(`${complaint}: ${command} ${error?.message ?? (signal ? `was ended by ${signal}` : `ended with ${status}`)}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
