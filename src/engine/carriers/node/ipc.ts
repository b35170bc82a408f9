import type { Carrier } from '../Carrier.js';
import { clearSocketFile } from './clearSocketFile.js';
import { later } from './later.js';
import { makeSocketFolder } from './makeSocketFolder.js';
import { NetAttempt } from './NetAttempt.js';
import { NetListening } from './NetListening.js';
import { CarrierError } from '../reasons.js';

const SCHEME = 'ipc://';

/**
 * Unix domain sockets: paths, which come and go with who listens there, and `@names` that are no files. `ipc://*` makes a
 * folder of its own, which only this user may enter.
 */
export const ipcCarrier: Carrier = {
  connect(endpoint, options, listener) {
    const attempt = new NetAttempt(options, listener);
    const address = endpoint.slice(SCHEME.length);
    if (isAbstract(address) && !supportsAbstractNames()) later(() => attempt.fail(noAbstractNames()));
    else attempt.start([{ path: pathOf(address) }]);
    return attempt.cancel;
  },

  listen(endpoint, options, listener) {
    const listening = new NetListening(options, listener);
    const address = endpoint.slice(SCHEME.length);
    const bind = (path: string, cleanUp?: (done: () => void) => void): void =>
      listening.start({
        where: { path },
        endpointOf: () => SCHEME + (isAbstract(address) ? address : path),
        ...(cleanUp && { cleanUp }),
      });
    if (isAbstract(address)) {
      if (supportsAbstractNames()) bind(pathOf(address));
      else later(() => listening.fail(noAbstractNames()));
    } else if (address === '*') {
      makeSocketFolder((error, path, remove) => (error ? listening.fail(error) : bind(path, remove)));
    } else {
      clearSocketFile(address, (error) => (error ? listening.fail(error) : bind(address)));
    }
    return listening.stop;
  },
};

/**
 * Whether `ipc://@name` can be used: on Linux, with Node 22 or later. Earlier ones pad the name with NULs, which makes it
 * another name to everybody else.
 */
export function supportsAbstractNames(): boolean {
  const [major = 0, minor = 0] = (process.versions['uv'] ?? '').split('.').map(Number);
  return process.platform === 'linux' && (major > 1 || minor >= 48);
}

function isAbstract(address: string): boolean {
  return address.startsWith('@');
}

function pathOf(address: string): string {
  return isAbstract(address) ? `\0${address.slice(1)}` : address;
}

function noAbstractNames(): Error {
  return new CarrierError('ENOTSUP', `names with '@' need Linux and Node 22 or later, this is Node ${process.version}`);
}
