import type { Capabilities } from '../driver/Driver.js';

/** The capabilities of libzmq sockets, through zeromq.js. */
export const capabilities: Capabilities = {
  copiesAtOnce: false,
  tellsReleased: false,
  tellsPeer: false,
  withdraws: false,
  countsLeftover: false,
  tellsLater: true,
  settles: false,
  confirms: false,
  runsInVirtualTime: false,
};
