import type { Driver } from '../driver/Driver.js';
import { capabilities } from './capabilities.js';
import { RawNativeSocket } from './RawNativeSocket.js';

/** Opens sockets of libzmq of any type, with its own semantics, through the zeromq package. */
export const nativeDriver: Driver = {
  name: 'native',
  capabilities,
  open: (settings, listener) => new RawNativeSocket(settings, listener),
};
