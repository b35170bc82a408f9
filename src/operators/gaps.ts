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
  /** A function or observer (such as a `Subject`) that receives each gap, before the frame that follows it is emitted. */
  readonly onGap: Listener<Gap>;
  /** How many streams are tracked, from 1; for one more, the stream that was silent for longest is forgotten. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/**
 * Reports missing, repeated and reordered sequence numbers. The frames pass unchanged.
 *
 * Each sender counts its own frames, so each `streamId` of each `peer` is tracked separately. A gap is not always a loss: each of several
 * PULL workers receives only its share of the frames of a PUSH.
 *
 * **Delivery** Lossless. Demand crosses it.
 *
 * **Ends** With its source. An exception of `onGap` is an error.
 * ```text
 * source   -0-1---4-2-2-|
 * onGap    -------m-o-r--     2 missing, reordered, repeated
 * output   -0-1---4-2-2-|
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/gaps.ts#main}
 *
 * @param options what is called for each gap
 * @throws OptionError at the call
 * @see {@link markGaps}, which tells the operators further down
 */
export function gaps<F extends Frame>(options: GapsOptions): MonoTypeOperatorFunction<F> {
  checkOptions('gaps', options, { onGap: isListener, maxStreams: isInteger(1) });
  requireOption('gaps', 'onGap', options.onGap, isListener);
  const { onGap, maxStreams = MAX_STREAMS } = options;
  return transparent<F, F>((out) => {
    const tracker = new GapTracker('gaps', maxStreams);
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
