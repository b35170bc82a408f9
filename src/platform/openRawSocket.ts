import { openEngineSocket, openNativeSocket } from '#platform';
import { callerContext } from '../basics/callerContext.js';
import { listenerIn, settingsIn } from './inCallerContext.js';
import type { RawListener, RawSettings, RawSocket } from '../driver/RawSocket.js';
import { currentEnvironment } from './VirtualEnvironment.js';

/** Opens a socket of any type with its driver. */
export function openRawSocket(asked: RawSettings, hears: RawListener): RawSocket {
  const context = callerContext();
  const settings = settingsIn(context, asked);
  const listener = listenerIn(context, hears);
  const { type, driver, extras: _, ...rest } = settings;
  if (driver === 'native' || type === 'dgram') return openNativeSocket(settings, listener);
  const socket = openEngineSocket({ ...rest, type, bind: false, requiresPeer: false }, listener);
  currentEnvironment()?.opened(`openSocket('${type}') on ${socket.endpoint}`, socket);
  return socket;
}
