import { callerContext } from '../basics/callerContext.js';
import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import { listenerIn, settingsIn } from './inCallerContext.js';
import { currentEnvironment } from './VirtualEnvironment.js';

/** Opens a socket with the chosen driver, without its endpoints. Its listener is called in the caller's async context. */
export function openSocket(settings: OpenSettings, listener: SocketListener): Socket {
  const environment = currentEnvironment();
  return environment ? environment.open(settings, listener, open) : open(settings, listener);
}

function open(settings: OpenSettings, listener: SocketListener): Socket {
  const context = callerContext();
  return settings.driver.open(settingsIn(context, settings), listenerIn(context, listener));
}
