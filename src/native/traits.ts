import type { SocketSettings } from '../driver/SocketSettings.js';

/** The differences between the socket types. */
export interface Traits {
  /** It receives messages or subscriptions. */
  readonly receives: boolean;
  /** It sends nothing to libzmq before there is a peer. */
  readonly waitsForPeer: boolean;
  /** One send at a time, which is tried again while the queue is full, and can be withdrawn meanwhile. */
  readonly serial: boolean;
  /** A message that cannot be sent at once is dropped and reported. */
  readonly drops: boolean;
}

/** The traits of a socket with these settings. */
export function traitsOf({ type, options }: SocketSettings): Traits {
  return {
    receives: type !== 'push',
    waitsForPeer: type === 'push' || type === 'dealer',
    serial: type === 'dealer' || (type === 'pub' && options.noDrop === true),
    drops: type === 'router',
  };
}
