import { isObservable, merge, Observable } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { OptionError } from '../errors.js';
import type { Frame, FrameFrom } from '../frame/types.js';
import { AlignFlow, type Pair } from './flows/AlignFlow.js';
import { defaultClock } from '../rx/defaultClock.js';
import { operate, type OperateOptions } from '../rx/operate.js';
import { checkOptions, isDemand, isDuration, isInteger, isPatience } from '../options/rules.js';
import { describe } from '../basics/describe.js';

/** Options of {@link align}. */
export interface AlignOptions extends Pick<OperateOptions, 'demand'> {
  /**
   * How far the timestamps of consecutive frames may be off, in ms. Set it above the jitter of senders that stamp a frame when they
   * send it, as doppler does. @default 0: timestamps are exact
   */
  readonly jitterMs?: number | undefined;
  /** How many frames of one input may wait for the other, from 1. Then that input is held back, if it can be. @default 1000 */
  readonly maxBuffered?: number | undefined;
  /** How long one input may be held back while the other delivers nothing, in ms; then it is an error. @default 5000 */
  readonly stallMs?: number | undefined;
}

/**
 * Joins two streams by their timestamps: emits pairs of frames that begin at the same time and have the same duration.
 *
 * With equal sample rates both frames of a pair have the same number of samples. Samples that only one stream has, at the beginning and
 * in gaps, are left out. A pair ends wherever a frame of either stream ends. Its frames are views, not copies; both have the number of
 * the pair, and one number is left out at a gap.
 *
 * **Delivery** Everything that both streams have. Both inputs are held back while the consumer is not ready, and each while it is too far
 * ahead of the other.
 *
 * **Ends** Completes once one input has completed and all its frames are emitted. Error: of an input; or an `OverflowError` if one input
 * stays too far ahead of the other, which would otherwise stall both.
 * ```text
 * first    -a---b----->     3 samples each
 * second   ---B---C--->     one sample later
 * output   ---x-y-z--->     x = [aa, BB], y = [b, B], z = [bb, CC]
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/align.ts#main}
 *
 * @param first one receiver
 * @param second the other
 * @param options how far times may differ, and how much is queued
 * @throws OptionError at the call
 * @see `zip` of RxJS, which joins by number, and `combineLatest`, which joins the newest values
 */
export function align<A extends Frame, B extends Frame>(
  first: Observable<A>,
  second: Observable<B>,
  options: AlignOptions = {},
): Observable<[first: FrameFrom<A>, second: FrameFrom<B>]> {
  requireSource('first', first);
  requireSource('second', second);
  checkOptions('align', options, {
    jitterMs: isDuration(0),
    maxBuffered: isInteger(1),
    stallMs: isPatience(1),
    demand: isDemand,
  });
  const { jitterMs = 0, maxBuffered = MAX_BUFFERED, stallMs = 5000, demand } = options;
  const whole: Observable<Pair> = new Observable<Pair>((subscriber) => {
    const flow = new AlignFlow({ jitterMs, maxBuffered, stallMs }, defaultClock);
    const side = (isFirst: boolean) =>
      operate<Frame, Pair>((out, gate) => flow.input(isFirst, out, gate), { demand, whole });
    return merge(first.pipe(side(true)), second.pipe(side(false))).subscribe(subscriber);
  });
  return whole as Observable<never>; // the pairs of the types that came
}

function requireSource(option: string, source: unknown): void {
  if (isObservable(source)) return;
  throw new OptionError(option, source, `align: the ${option} input must be an Observable, got ${describe(source)}`);
}
