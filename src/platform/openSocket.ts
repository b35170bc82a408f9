import { inCallerContext } from '#platform';
import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import { currentEnvironment } from './VirtualEnvironment.js';

/** Opens a socket with the chosen driver, without its endpoints. Its listener is called in the caller's async context. */
export function openSocket(settings: OpenSettings, listener: SocketListener): Socket {
  const environment = currentEnvironment();
  return environment ? environment.open(settings, listener, open) : open(settings, listener);
}

function open(settings: OpenSettings, listener: SocketListener): Socket {
  return settings.driver.open(...inCallerContext(settings, listener));
}
