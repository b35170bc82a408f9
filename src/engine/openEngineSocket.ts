import type { SocketListener } from '../internal/Socket.js';
import type { EngineContext } from './EngineContext.js';
import type { EngineSettings } from './EngineSettings.js';
import { EngineSocket } from './EngineSocket.js';
import { createPattern } from './patterns/createPattern.js';
import { nodeContext } from './carriers/nodeContext.js';

/** Opens a socket of any type that the engine has. */
export function openEngineSocket(
  settings: EngineSettings,
  listener: SocketListener,
  context: EngineContext = nodeContext,
): EngineSocket {
  return new EngineSocket(context, createPattern, settings, listener);
}
