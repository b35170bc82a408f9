import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Frame } from '../frame/types.js';
import { type Gap, GapTracker } from './flows/GapTracker.js';
import { checkOptions, isInteger } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';
import { MAX_STREAMS } from '../frame/StreamTable.js';
import { demandOf } from '../rx/demandOf.js';
import { isListener, type Listener, notifier } from '../rx/notifier.js';
import { transparent } from '../rx/transparent.js';

/** Options of {@link gaps}. */
export interface GapsOptions {
  /** Hears of each gap, before the frame that shows it is passed on: a function, or an observer such as a `Subject`. */
  readonly onGap: Listener<Gap>;
  /** Streams that are told apart, from 1; the one that was silent for longest makes way. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/**
 * Tells of missing, repeated and reordered sequence numbers, beside the frames, which pass as they are.
 *
 * Senders count for themselves, so each `streamId` of each `peer` is followed on its own. A gap is no loss where frames
 * go several ways by design: each of several PULL workers sees only its share of what a PUSH deals out.
 *
 * **Delivery** Lossless. Demand crosses it.
 * **Ends** With its source. What `onGap` throws is an error.
 * ```text
 * source   -0-1---4-2-2-|
 * onGap    -------m-o-r--     2 missing, reordered, repeated
 * output   -0-1---4-2-2-|
 * ```
 * **Example**
 * {@includeCode ../../examples/gaps.ts#main}
 * @throws OptionError at the call
 * @see {@link markGaps}, where what comes after needs to know
 */
export function gaps<F extends Frame>(options: GapsOptions): MonoTypeOperatorFunction<F> {
  checkOptions('gaps', options, { onGap: isListener, maxStreams: isInteger(1) });
  requireOption('gaps', 'onGap', options.onGap, isListener);
  const { onGap, maxStreams = MAX_STREAMS } = options;
  return transparent<F, F>((out) => {
    const tracker = new GapTracker(maxStreams);
    const notify = notifier(onGap, demandOf(out));
    return {
      next(frame) {
        const gap = tracker.take(frame);
        if (gap) notify?.(gap);
        out.next(frame);
      },
      complete: () => out.complete(),
    };
  });
}
