import type { Driver } from '../driver/Socket.js';
import { NativeSocket } from './NativeSocket.js';

/** Opens sockets of libzmq, through the zeromq package. */
export const nativeDriver: Driver = {
  open: (settings, listener) => new NativeSocket(settings, listener),
};
