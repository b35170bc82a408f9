import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { currentVirtualTime, type VirtualTime } from '../time/VirtualTime.js';

/** Opens a socket with its driver. */
export type OpenSocket = (settings: OpenSettings, listener: SocketListener) => Socket;

/** What sockets have around them in place of the process: a run in virtual time. */
export interface VirtualEnvironment extends VirtualTime {
  readonly context: EngineSurroundings;
  /** Opens a socket that belongs to the run from then on: it fails where that is still open at the end. */
  open(settings: OpenSettings, listener: SocketListener, open: OpenSocket): Socket;
}

/** The environment that sockets are opened in now; `undefined`: the process itself. */
export function currentEnvironment(): VirtualEnvironment | undefined {
  return currentVirtualTime() as VirtualEnvironment | undefined; // whoever enters virtual time brings all of it
}
