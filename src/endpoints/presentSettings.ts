import { defaultClock } from '../rx/defaultClock.js';
import type { OpenSettings } from '../driver/Driver.js';

/**
 * The settings at the time when the socket opens: a pipeline may be created outside of a run in virtual time, and subscribed
 * within it.
 */
export function presentSettings<T extends { readonly socket: OpenSettings }>(settings: T): T {
  const { socket } = settings;
  return socket.clock === defaultClock ? settings : { ...settings, socket: { ...socket, clock: defaultClock } };
}
