import { shared } from '../basics/shared.js';
import type { Clock } from './Clock.js';

/** What code runs in while a test has it in virtual time. */
export interface VirtualTime {
  readonly clock: Clock;
  /** The error for what cannot be had in virtual time. The run fails with it, whoever catches it. */
  refusal(what: string): Error;
}

interface State {
  /** `undefined`: real time. */
  current: VirtualTime | undefined;
  readonly watchers: Set<(time: VirtualTime | undefined) => void>;
}

/** Of all copies of the package, as a test in ESM may look at a program in CommonJS. */
const state = shared<State>('virtualTime.1', { current: undefined, watchers: new Set() });

/** The virtual time that code runs in now; `undefined`: real time. */
export function currentVirtualTime(): VirtualTime | undefined {
  return state.current;
}

/** Lets everything from now on run in that time; `undefined`: in real time. */
export function enterVirtualTime(time: VirtualTime | undefined): void {
  state.current = time;
  for (const watcher of state.watchers) watcher(time);
}

/** Calls back now, and whenever the time is another. */
export function watchVirtualTime(watcher: (time: VirtualTime | undefined) => void): void {
  state.watchers.add(watcher);
  watcher(state.current);
}

/** @throws VirtualTimeError within a run in virtual time, where no Promise settles */
export function requireRealTime(what: string): void {
  if (state.current) throw state.current.refusal(what);
}
