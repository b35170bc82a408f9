import { currentVirtualTime } from './VirtualTime.js';
import { createWallClock } from './createWallClock.js';

// captured at load, so that fake timers of a test do not change timestamps on the wire
const wallClock = createWallClock(performance.now.bind(performance), Date.now, performance.timeOrigin);

/**
 * Returns the UNIX time in ns. It never goes back, and is finer than a microsecond if `performance.now()` is.
 *
 * It is `performance.now()`, adjusted to the system clock, and stays within 1 ms of that. If the system clock is set forward (or
 * drifts, or the machine slept), it follows at once; if the system clock is set back, it runs at half speed until that has caught
 * up. Each thread has its own clock. Fake timers do not change it; in a run of `virtualTime` it is the time of the run.
 *
 * @example
 * ```ts
 * const ageMs = Number(getTimestampNs() - frame.timestampNs) / 1e6;
 * ```
 */
export function getTimestampNs(): bigint {
  return currentVirtualTime()?.clock.wallNs() ?? wallClock();
}
