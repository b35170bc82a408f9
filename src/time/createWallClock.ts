/** In a burst of readings, the system clock is not read for this long, in ms: reading it takes half of the time. */
const COMPARED_EVERY_MS = 0.1;

/**
 * Creates a clock of UNIX time in ns, from a precise clock and an accurate one: it is precise, and never goes back.
 *
 * It runs with the monotonic clock, and compares itself with the system clock every tenth of a millisecond. The system clock has
 * whole milliseconds, so a reading of up to 1 ms ahead counts as equal. Behind (it was set forward, the machine slept, the
 * monotonic clock drifts): the reading follows at once. Ahead (it was set back): the reading runs at half speed until the system
 * clock has caught up.
 *
 * @param monotonicMs a clock that never goes back, in ms and fractions of them, such as `performance.now`
 * @param dateMs UNIX time in whole ms, such as `Date.now`
 * @param originMs UNIX time at which `monotonicMs` was 0, if known: a first estimate within the millisecond
 */
export function createWallClock(monotonicMs: () => number, dateMs: () => number, originMs = NaN): () => bigint {
  let anchorMs = Math.floor(dateMs());
  let anchorNs = BigInt(anchorMs) * 1_000_000n;
  let monotonic = monotonicMs();
  const guess = originMs + monotonic - anchorMs;
  // readings are kept relative to the anchor: in ms since 1970, a number has no digits left for ns
  let elapsed = guess >= 0 && guess < 1 ? guess : 0;
  let shift = elapsed - monotonic;

  let compared = -Infinity;

  return () => {
    const fine = monotonicMs();
    if (fine >= monotonic && fine - compared < COMPARED_EVERY_MS) {
      monotonic = fine;
      elapsed = fine + shift;
      return anchorNs + BigInt(Math.round(elapsed * 1e6));
    }
    // the date first: if the thread is interrupted between the two, the error towards the past is smaller
    const date = Math.floor(dateMs());
    const now = Math.max(monotonicMs(), monotonic);
    const reading = now + shift;
    const behind = date - anchorMs;
    if (reading < behind) {
      anchorMs = date;
      anchorNs = BigInt(anchorMs) * 1_000_000n;
      elapsed = 0;
      shift = -now;
      compared = now;
    } else if (reading > behind + 1) {
      compared = -Infinity; // it is ahead: until it is not, each reading is slowed
      elapsed = Math.max(elapsed + (now - monotonic) / 2, behind + 1);
      shift = elapsed - now;
    } else {
      elapsed = reading;
      compared = now;
    }
    monotonic = now;
    return anchorNs + BigInt(Math.round(elapsed * 1e6));
  };
}
