import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { InPlaceReads } from './InPlaceReads.js';

/** What a socket of node:net stands on. Node can put what it reads into memory of one's choice where there is this method. */
interface Handle {
  readonly useUserBuffer?: unknown;
}

interface Handled {
  _handle?: Handle | null;
}

/**
 * Gives an accepted socket's connection to a new socket that reads in place: a server takes no `onread` for those that it
 * accepts, and without it each read costs fresh memory of 64 KiB and a copy. The socket must not have read anything yet; it is
 * over then.
 *
 * @returns `undefined` where Node does not let it: the socket is as it was
 */
export function readInPlace(accepted: Socket, reads: InPlaceReads): Socket | undefined {
  const handled = accepted as Handled;
  const handle = handled._handle;
  if (typeof handle?.useUserBuffer !== 'function') return undefined;
  handled._handle = null; // so that its end is not the connection's
  accepted.destroy();
  const options: SocketConstructorOpts & ConnectOpts & { readonly handle: Handle } = {
    handle,
    allowHalfOpen: true,
    onread: reads,
  };
  return new Socket(options);
}
