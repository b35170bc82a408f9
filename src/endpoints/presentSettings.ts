import { defaultClock } from '../rx/defaultClock.js';
import type { OpenSettings } from '../driver/Driver.js';

/** Settings as they are when the socket opens: a pipeline may be made outside of a run in virtual time, and subscribed within. */
export function presentSettings<T extends { readonly socket: OpenSettings }>(settings: T): T {
  const { socket } = settings;
  return socket.clock === defaultClock ? settings : { ...settings, socket: { ...socket, clock: defaultClock } };
}
