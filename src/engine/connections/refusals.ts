import type { ConnectOptions } from '../../driver/SocketSettings.js';

/** Why a socket refuses to connect to a further peer. */
export function whyNotTaken({ routingId }: ConnectOptions): string {
  if (routingId !== undefined) return 'another peer of this socket has that routing id';
  return 'this socket type has one peer, and there is one already';
}

/** The reason for `Socket.renew`. */
export const RENEWED = 'a late reply could be mistaken for the next: the connection is renewed';
