import { openEngineSocket } from '../engine/openEngineSocket.js';
import type { RawListener, RawSettings, RawSocket } from '../driver/RawSocket.js';
import { currentWorld } from '../time/VirtualTime.js';
import { RawNativeSocket } from '../native/RawNativeSocket.js';

/** Opens a socket of any type with its driver. */
export function openRawSocket(settings: RawSettings, listener: RawListener): RawSocket {
  const { type, driver, extras: _, ...rest } = settings;
  if (driver === 'native' || type === 'dgram') return new RawNativeSocket(settings, listener);
  const socket = openEngineSocket({ ...rest, type, bind: false, holds: false }, listener);
  currentWorld()?.opened(`openSocket('${type}') on ${socket.endpoint}`, socket);
  return socket;
}
