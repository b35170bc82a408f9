import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { InPlaceReads } from './InPlaceReads.js';

/** The handle of a node:net socket. If it has this method, Node can read into memory of the caller. */
interface Handle {
  readonly useUserBuffer?: unknown;
}

interface Handled {
  _handle?: Handle | null;
}

/**
 * Moves the connection of an accepted socket to a new socket that reads in place. A server has no `onread` option for accepted sockets,
 * and without it each read costs 64 KiB of new memory and a copy. The accepted socket must not have read anything yet; it is destroyed.
 *
 * @returns `undefined` if Node cannot do that: the socket is unchanged
 */
export function readInPlace(accepted: Socket, reads: InPlaceReads): Socket | undefined {
  const handled = accepted as Handled;
  const handle = handled._handle;
  if (typeof handle?.useUserBuffer !== 'function') return undefined;
  handled._handle = null; // so that destroying it does not close the connection
  accepted.destroy();
  const options: SocketConstructorOpts & ConnectOpts & { readonly handle: Handle } = {
    handle,
    allowHalfOpen: true,
    onread: reads,
  };
  return new Socket(options);
}
