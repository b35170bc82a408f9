import type { Driver } from '../driver/Driver.js';
import { capabilities } from './capabilities.js';
import { NativeSocket } from './NativeSocket.js';

/** Opens sockets of libzmq for sources and sinks, through the zeromq package. A message that is tried again can be withdrawn. */
export const nativeEndpointDriver: Driver = {
  name: 'native',
  capabilities: { ...capabilities, withdraws: true, tellsLater: false },
  open: (settings, listener) => new NativeSocket(settings, listener),
};
