import type { Socket, SocketListener, SocketSettings } from '../driver/Socket.js';
import type { EngineContext } from '../engine/context/EngineContext.js';
import { currentVirtualTime, type VirtualTime } from '../time/VirtualTime.js';

/** Opens a socket with its driver. */
export type StartSocket = (settings: SocketSettings, listener: SocketListener) => Socket;

/** What sockets have around them in place of the process: a run in virtual time. */
export interface VirtualEnvironment extends VirtualTime {
  readonly context: EngineContext;
  /** Opens a socket that belongs to the run from then on. */
  start(settings: SocketSettings, listener: SocketListener, start: StartSocket): Socket;
  /** A socket was opened in it, other than by `start`: the run fails where it is still open at the end. */
  opened(name: string, socket: Pick<Socket, 'close'>): void;
}

/** The environment that sockets are opened in now; `undefined`: the process itself. */
export function currentEnvironment(): VirtualEnvironment | undefined {
  return currentVirtualTime() as VirtualEnvironment | undefined; // whoever enters virtual time brings all of it
}
