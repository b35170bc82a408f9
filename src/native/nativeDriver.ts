import type { Driver } from '../driver/Driver.js';
import { capabilities } from './capabilities.js';
import { RawNativeSocket } from './RawNativeSocket.js';

/** Opens libzmq sockets of any type, with the semantics of libzmq, through the zeromq package. */
export const nativeDriver: Driver = {
  name: 'native',
  capabilities,
  open: (settings, listener) => new RawNativeSocket(settings, listener),
};
