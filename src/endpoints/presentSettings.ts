import { defaultClock } from '../rx/defaultClock.js';
import type { SocketSettings } from '../driver/Socket.js';

/** Settings as they are when the socket opens: a pipeline may be made outside of a run in virtual time, and subscribed within. */
export function presentSettings<T extends { readonly socket: SocketSettings }>(settings: T): T {
  const { socket } = settings;
  return socket.clock === defaultClock ? settings : { ...settings, socket: { ...socket, clock: defaultClock } };
}
