import { currentVirtualTime } from './VirtualTime.js';
import { createWallClock } from './createWallClock.js';

// captured as the module loads, so that fake timers of a test do not change what goes on the wire
const wallClock = createWallClock(performance.now.bind(performance), Date.now, performance.timeOrigin);

/**
 * Tells the time as UNIX ns, finer than a microsecond where `performance.now()` is, and never goes back.
 *
 * It is `performance.now()` anchored to the system clock, and stays within 1 ms of that. When the system clock is set
 * forward (or drifts, or the machine slept) it follows at once; when that is set back, it runs at half speed until the
 * system clock has caught up. Each thread has its own. Fake timers do not change it; within a run in virtual time it is the
 * time of the run.
 *
 * @example
 * ```ts
 * const ageMs = Number(getTimestampNs() - frame.timestampNs) / 1e6;
 * ```
 */
export function getTimestampNs(): bigint {
  return currentVirtualTime()?.clock.wallNs() ?? wallClock();
}
