import { engineDriver, nativeDriver } from '#platform';
import { callerContext } from '../basics/callerContext.js';
import { listenerIn, settingsIn } from './inCallerContext.js';
import type { Socket, SocketListener, SocketSettings } from '../driver/Socket.js';
import { currentEnvironment } from './VirtualEnvironment.js';

/** Opens a socket with its driver and sets its endpoints going. */
export function startSocket(settings: SocketSettings, listener: SocketListener): Socket {
  const environment = currentEnvironment();
  return environment ? environment.start(settings, listener, start) : start(settings, listener);
}

function start(settings: SocketSettings, listener: SocketListener): Socket {
  const driver = settings.driver === 'engine' ? engineDriver : nativeDriver;
  const context = callerContext();
  const socket = driver.open(settingsIn(context, settings), listenerIn(context, listener));
  for (const endpoint of settings.endpoints) {
    if (settings.bind) socket.bind(endpoint);
    else socket.connect(endpoint);
  }
  return socket;
}
