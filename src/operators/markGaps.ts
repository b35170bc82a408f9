import type { OperatorFunction } from 'rxjs';
import type { Frame } from '../frame/types.js';
import { type Gap, GapTracker } from './flows/GapTracker.js';
import { checkOptions, isInteger } from '../options/rules.js';
import { MAX_STREAMS } from '../frame/StreamTable.js';
import { transparent } from '../rx/transparent.js';

/** Options of {@link markGaps}. */
export interface MarkGapsOptions {
  /** Streams that are told apart, from 1; the one that was silent for longest makes way. @default 1024 */
  readonly maxStreams?: number | undefined;
}

/** A frame that says so if its sequence number is not the one that follows. */
export type Marked<F extends Frame = Frame> = F & { readonly gap?: Gap };

/**
 * Puts the gap into the frame that shows it, as `gap`: for a decoder that must start anew, or a display that draws it.
 *
 * A frame in order passes as it is; another is a copy over the same samples. Streams are told apart as {@link gaps}
 * does, and several PULL workers see gaps by design.
 *
 * **Delivery** Lossless. Demand crosses it.
 * **Ends** With its source.
 * ```text
 * source   -0-1---4-5-|
 * output   -0-1---x-5-|     x = { ...frame 4, gap: { kind: 'missing', missing: 2, ... } }
 * ```
 * **Example**
 * {@includeCode ../../examples/markGaps.ts#main}
 * @throws OptionError at the call
 * @see {@link gaps}, which leaves the frames alone
 */
export function markGaps<F extends Frame>(options: MarkGapsOptions = {}): OperatorFunction<F, Marked<F>> {
  checkOptions('markGaps', options, { maxStreams: isInteger(1) });
  const { maxStreams = MAX_STREAMS } = options;
  return transparent<F, Marked<F>>((out) => {
    const tracker = new GapTracker(maxStreams);
    return {
      next(frame) {
        const gap = tracker.take(frame);
        out.next(gap ? { ...frame, gap } : frame);
      },
      complete: () => out.complete(),
    };
  });
}
