import { shared } from '../basics/shared.js';
import type { EngineContext } from '../engine/context/EngineContext.js';
import type { Clock } from './Clock.js';
import type { Socket, SocketListener, SocketSettings } from '../driver/Socket.js';

/** Opens a socket with its driver. */
export type StartSocket = (settings: SocketSettings, listener: SocketListener) => Socket;

/** What sockets have around them in place of the process: a run in virtual time. */
export interface World {
  readonly clock: Clock;
  readonly context: EngineContext;
  /** Opens a socket that belongs to it from then on. */
  start(settings: SocketSettings, listener: SocketListener, start: StartSocket): Socket;
  /** A socket was opened in it, other than by `start`: somebody has to close it. */
  opened(name: string, socket: Pick<Socket, 'close'>): void;
  /** The error for what cannot be had in it. The run fails with it, whoever catches it. */
  refusal(what: string): Error;
}

interface Worlds {
  /** `undefined`: the process itself. */
  current: World | undefined;
  readonly watchers: Set<(world: World | undefined) => void>;
}

/** Of all copies of the package, as a test in ESM may look at a program in CommonJS. */
const worlds = shared<Worlds>('worlds.1', { current: undefined, watchers: new Set() });

/** The one that code runs in now; `undefined`: none, but the process itself. */
export function currentWorld(): World | undefined {
  return worlds.current;
}

/** Lets everything that opens sockets from now on do so in that world; `undefined`: in the process itself. */
export function enterWorld(world: World | undefined): void {
  worlds.current = world;
  for (const watcher of worlds.watchers) watcher(world);
}

/** Calls back now, and whenever the world is another. */
export function watchWorlds(watcher: (world: World | undefined) => void): void {
  worlds.watchers.add(watcher);
  watcher(worlds.current);
}

/** @throws VirtualTimeError within a run in virtual time, where no Promise settles */
export function requireRealTime(what: string): void {
  if (worlds.current) throw worlds.current.refusal(what);
}
