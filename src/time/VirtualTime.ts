import { shared } from '../basics/shared.js';
import type { Clock } from './Clock.js';

/** The virtual time of a test run. */
export interface VirtualTime {
  readonly clock: Clock;
  /** Whether the run itself says when there is a peer at this endpoint. */
  isStaged(endpoint: string): boolean;
  /** The error for something that cannot work in virtual time. The run fails with it, even if other code catches it. */
  refusal(what: string): Error;
}

interface State {
  /** `undefined`: real time. */
  current: VirtualTime | undefined;
  readonly watchers: Set<(time: VirtualTime | undefined) => void>;
}

/** Shared by all copies of the package, as a test in ESM may test a program in CommonJS. */
const state = shared<State>('virtualTime.1', { current: undefined, watchers: new Set() });

/** The virtual time of the running code; `undefined`: real time. */
export function currentVirtualTime(): VirtualTime | undefined {
  return state.current;
}

/** Sets the time for everything from now on; `undefined`: real time. */
export function enterVirtualTime(time: VirtualTime | undefined): void {
  state.current = time;
  for (const watcher of state.watchers) watcher(time);
}

/** Calls back each time it changes, and returns the one there is. */
export function watchVirtualTime(watcher: (time: VirtualTime | undefined) => void): VirtualTime | undefined {
  state.watchers.add(watcher);
  return state.current;
}

/** @throws VirtualTimeError within a run in virtual time, in which no Promise settles */
export function requireRealTime(what: string): void {
  if (state.current) throw state.current.refusal(what);
}
