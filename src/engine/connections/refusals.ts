import type { ConnectOptions } from '../../driver/SocketSettings.js';

/** Why a socket takes no further peer that it connects to. */
export function whyNotTaken({ routingId }: ConnectOptions): string {
  if (routingId !== undefined) return 'another peer of this socket has that routing id';
  return 'this socket type has one peer, and there is one already';
}

/** Why a connection was given up by who uses the socket. */
export const RENEWED = 'a reply that did not come could be taken for another: the connection is made anew';
