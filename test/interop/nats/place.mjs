// Where what the tests over NATS need is: a server, and doppler 0.75 in a virtual environment of its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const venv = fileURLToPath(new URL('../../../node_modules/.cache/nats', import.meta.url));
export const python = join(venv, 'bin', 'python');
/** The same for doppler 0.43, which still sent SIGS frames over NATS. */
export const olderVenv = fileURLToPath(new URL('../../../node_modules/.cache/nats-sigs', import.meta.url));
export const olderPython = join(olderVenv, 'bin', 'python');

/** The servers that are here now: Debian's, and a newer one from PyPI. */
export function findServers() {
  return [
    { name: "Debian's", path: '/usr/sbin/nats-server' },
    { name: "PyPI's", path: join(venv, 'bin', 'nats-server') },
  ].filter(({ path }) => existsSync(path));
}

export const servers = findServers();

/** Whether all is here. */
export const isHere = existsSync(python) && servers.length > 0;
export const isOlderHere = isHere && existsSync(olderPython);
