import type { Driver } from '../driver/Driver.js';
import { capabilities } from './capabilities.js';
import { NativeSocket } from './NativeSocket.js';

/** Opens libzmq sockets for sources and sinks, through the zeromq package. A message that waits for its next try can be withdrawn. */
export const nativeEndpointDriver: Driver = {
  name: 'native',
  capabilities: { ...capabilities, withdraws: true, tellsLater: false },
  open: (settings, listener) => new NativeSocket(settings, listener),
};
