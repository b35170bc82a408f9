import type { OperatorFunction } from 'rxjs';
import type { Frame } from '../frame/types.js';
import { type Gap, GapTracker } from './flows/GapTracker.js';
import { checkOptions, isInteger } from '../options/rules.js';
import { MAX_STREAMS } from '../frame/StreamTable.js';
import { transparent } from '../rx/transparent.js';

/** Options of {@link markGaps}. */
export interface MarkGapsOptions {
  /** How many streams are tracked, from 1; for one more, the stream that was silent for longest is forgotten. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/** A frame with the gap before it, if there is one. */
export type Marked<F extends Frame = Frame> = F & { readonly gap?: Gap };

/**
 * Adds the property `gap` to each frame that follows a gap: for a decoder that must restart, or a display that draws the gap.
 *
 * A frame in order passes unchanged; any other is emitted as a copy over the same samples. Streams are tracked as in {@link gaps}, and
 * each of several PULL workers sees gaps.
 *
 * **Delivery** Lossless. Demand crosses it.
 *
 * **Ends** With its source.
 * ```text
 * source   -0-1---4-5-|
 * output   -0-1---x-5-|     x = { ...frame 4, gap: { kind: 'missing', missing: 2, ... } }
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/markGaps.ts#main}
 *
 * @param options how many streams it remembers
 * @throws OptionError at the call
 * @see {@link gaps}, which does not change the frames
 */
export function markGaps<F extends Frame>(options: MarkGapsOptions = {}): OperatorFunction<F, Marked<F>> {
  checkOptions('markGaps', options, { maxStreams: isInteger(1) });
  const { maxStreams = MAX_STREAMS } = options;
  return transparent<F, Marked<F>>((out) => {
    const tracker = new GapTracker('markGaps', maxStreams);
    return {
      next(frame) {
        const gap = tracker.take(frame);
        out.next(gap ? { ...frame, gap } : frame);
      },
      complete: () => out.complete(),
    };
  });
}
