import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import { openSocket } from '../platform/openSocket.js';

/** Opens the socket of a source or sink, and binds or connects its endpoints. */
export function startSocket(settings: OpenSettings, listener: SocketListener): Socket {
  const socket = openSocket(settings, listener);
  for (const endpoint of settings.endpoints) {
    if (settings.bind) socket.bind(endpoint);
    else socket.connect(endpoint);
  }
  return socket;
}
