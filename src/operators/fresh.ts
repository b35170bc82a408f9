import type { MonoTypeOperatorFunction } from 'rxjs';
import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import type { Frame } from '../frame/types.js';
import { isDuration } from '../options/rules.js';
import { defaultClock } from '../rx/defaultClock.js';
import { transparent } from '../rx/transparent.js';

/** Two clocks drift apart by so much of the time at the most: 100 ms in 17 minutes. */
const DRIFT = 1e-4;
/** So long nothing is fresh only where the clock of the sender was set back, or another sender has another. */
const PATIENCE_MS = 10_000;

/**
 * Skips frames that are old when they come: that waited while a page was hidden, a laptop slept, a network was gone.
 *
 * How old a frame is goes by its `timestampNs`, against the quickest that came so far: so the clocks of the two sides need not
 * agree, and the way that each frame takes does not count. If frames come and none was fresh for 10 s, as after a clock was set back,
 * it goes by those that come then.
 *
 * **Delivery** Drops what is older than `maxAgeMs`. Demand crosses it.
 *
 * **Ends** With its source.
 * ```text
 * source   -0-1-2-------345-6-|    3 and 4 waited for long
 * output   -0-1-2---------5-6-|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fresh.ts#main}
 * @param maxAgeMs in ms, from 0 up
 * @throws OptionError at the call
 * @see {@link animated}, under which it belongs in a page
 */
export function fresh<F extends Frame>(maxAgeMs: number): MonoTypeOperatorFunction<F> {
  const expected = isDuration(0)(maxAgeMs);
  if (expected !== undefined)
    throw new OptionError('maxAgeMs', maxAgeMs, `fresh: maxAgeMs must be ${expected}, got ${describe(maxAgeMs)}`);
  return transparent<F, F>((out) => {
    /** How much later than it was stamped the quickest frame came, in ms by both clocks, and when that was. */
    let quickest = Infinity;
    let atMs = 0;
    /** When the first of the frames came that were skipped since the last fresh one. */
    let skippingMs = Infinity;
    return {
      next(frame) {
        const nowNs = defaultClock.wallNs();
        const nowMs = Number(nowNs / 1_000_000n);
        const tookMs = Number(nowNs - frame.timestampNs) / 1e6;
        if (nowMs - skippingMs > PATIENCE_MS) quickest = Infinity;
        quickest = Math.min(tookMs, quickest + (nowMs - atMs) * DRIFT);
        atMs = nowMs;
        if (tookMs - quickest > maxAgeMs) {
          skippingMs = Math.min(skippingMs, nowMs);
          return;
        }
        skippingMs = Infinity;
        out.next(frame);
      },
      complete: () => out.complete(),
    };
  });
}
