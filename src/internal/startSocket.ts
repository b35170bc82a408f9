import { engineDriver } from '../engine/engineDriver.js';
import { nativeDriver } from '../native/nativeDriver.js';
import { callerContext } from './callerContext.js';
import { listenerIn, settingsIn } from './inCallerContext.js';
import type { Socket, SocketListener, SocketSettings } from './Socket.js';
import { currentWorld } from './worlds.js';

/** Opens a socket with its driver and sets its endpoints going. */
export function startSocket(settings: SocketSettings, listener: SocketListener): Socket {
  const world = currentWorld();
  return world ? world.start(settings, listener, start) : start(settings, listener);
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
