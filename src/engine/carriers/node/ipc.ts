import type { Carrier } from '../Carrier.js';
import { checkSocketFile } from './checkSocketFile.js';
import { later } from './later.js';
import { makeSocketFolder } from './makeSocketFolder.js';
import { NetAttempt } from './NetAttempt.js';
import { type Binding, NetListening } from './NetListening.js';
import { CarrierError } from '../reasons.js';
import { SocketFile } from './SocketFile.js';

const SCHEME = 'ipc://';

/**
 * Unix domain sockets: paths, whose files exist while a socket listens there, and `@names`, which are not files. `ipc://*` creates its
 * own folder, which only this user can enter.
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
    const bind = (path: string, more: Pick<Binding, 'place' | 'withdraw' | 'cleanUp'> = {}, name = path): void =>
      listening.start({
        where: { path },
        endpointOf: () => SCHEME + (isAbstract(address) ? address : name),
        ...more,
      });
    if (isAbstract(address)) {
      if (supportsAbstractNames()) bind(pathOf(address));
      else later(() => listening.fail(noAbstractNames()));
    } else if (address === '*') {
      makeSocketFolder((error, path, remove) => (error ? listening.fail(error) : bind(path, { cleanUp: remove })));
    } else {
      checkSocketFile(address, (error) => {
        if (error) return listening.fail(error);
        const file = new SocketFile(address);
        bind(file.ownPath, { place: file.place, withdraw: file.remove }, address);
      });
    }
    return listening.stop;
  },
};

/**
 * Whether `ipc://@name` can be used: on Linux, with Node 22 or later. Earlier versions pad the name with NULs, which other programs
 * see as another name.
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
