import { openEngineSocket } from '../engine/openEngineSocket.js';
import { callerContext } from '../internal/callerContext.js';
import { listenerIn, settingsIn } from '../internal/inCallerContext.js';
import type { RawListener, RawSettings, RawSocket } from '../internal/RawSocket.js';
import { currentWorld } from '../internal/worlds.js';
import { RawNativeSocket } from '../native/RawNativeSocket.js';

/** Opens a socket of any type with its driver. */
export function openRawSocket(asked: RawSettings, hears: RawListener): RawSocket {
  const context = callerContext();
  const settings = settingsIn(context, asked);
  const listener = listenerIn(context, hears);
  const { type, driver, extras: _, ...rest } = settings;
  if (driver === 'native' || type === 'dgram') return new RawNativeSocket(settings, listener);
  const socket = openEngineSocket({ ...rest, type, bind: false, holds: false }, listener);
  currentWorld()?.opened(`openSocket('${type}') on ${socket.endpoint}`, socket);
  return socket;
}
