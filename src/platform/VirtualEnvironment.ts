import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { currentVirtualTime, type VirtualTime } from '../time/VirtualTime.js';

/** Opens a socket with its driver. */
export type OpenSocket = (settings: OpenSettings, listener: SocketListener) => Socket;

/** The environment of sockets in a run in virtual time, in place of the process. */
export interface VirtualEnvironment extends VirtualTime {
  readonly context: EngineSurroundings;
  /** Opens a socket that belongs to the run: the run fails if the socket is still open at its end. */
  open(settings: OpenSettings, listener: SocketListener, open: OpenSocket): Socket;
}

/** The environment for sockets that are opened now; `undefined`: the process itself. */
export function currentEnvironment(): VirtualEnvironment | undefined {
  return currentVirtualTime() as VirtualEnvironment | undefined; // the caller that enters virtual time sets a whole environment
}
