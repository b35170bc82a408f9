import type { SocketListener } from '../driver/Socket.js';
import type { EngineContext } from './context/EngineContext.js';
import type { AnySocketSettings } from '../driver/AnySocketSettings.js';
import { EngineSocket } from './EngineSocket.js';
import { createPattern } from './createPattern.js';

/** Opens a socket of any type that the engine has. */
export function openEngineSocket(
  settings: AnySocketSettings,
  listener: SocketListener,
  context: EngineContext,
): EngineSocket {
  return new EngineSocket(context, createPattern, settings, listener);
}
