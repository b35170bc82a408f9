import type { SocketSettings } from '../driver/SocketSettings.js';

/** How the socket types differ behind the one interface. */
export interface Traits {
  /** It has something to read, be it subscriptions. */
  readonly receives: boolean;
  /** Hands nothing to libzmq before a peer is there. */
  readonly waitsForPeer: boolean;
  /** One send at a time, tried again while there is no room, and withdrawn while it is tried. */
  readonly serial: boolean;
  /** What cannot be sent at once is dropped and told. */
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
