import { engineDriver, nativeDriver } from '#platform';
import type { Socket, SocketListener, SocketSettings } from '../driver/Socket.js';
import { currentEnvironment } from './VirtualEnvironment.js';

/** Opens a socket with its driver and sets its endpoints going. */
export function startSocket(settings: SocketSettings, listener: SocketListener): Socket {
  const environment = currentEnvironment();
  return environment ? environment.start(settings, listener, start) : start(settings, listener);
}

function start(settings: SocketSettings, listener: SocketListener): Socket {
  const driver = settings.driver === 'engine' ? engineDriver : nativeDriver;
  const socket = driver.open(settings, listener);
  for (const endpoint of settings.endpoints) {
    if (settings.bind) socket.bind(endpoint);
    else socket.connect(endpoint);
  }
  return socket;
}
