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
   * By how much timestamps of frames that follow by their numbers may be off, in ms. More than they scatter, for senders
   * such as doppler's, which stamp a frame when they send it. @default 0: timestamps are exact
   */
  readonly jitterMs?: number | undefined;
  /** How many frames of one input may wait for the other, from 1. An input that can be held back is, then. @default 1000 */
  readonly maxBuffered?: number | undefined;
  /** How long, in ms, one input may be held back while the other brings nothing, before that is an error. @default 5000 */
  readonly stallMs?: number | undefined;
}

/**
 * Joins two streams on their timestamps: pairs of frames that begin together and last equally long.
 *
 * Where the rates are equal both have the same number of samples, and sample stands beside sample; with other rates, as
 * many as fit. What only one of them has is left out, at the beginning and in gaps. Pairs are cut where either stream has
 * a border, as views, not copies; both frames of one have its number, with one left out at a gap.
 *
 * **Delivery** All that both have. Both inputs are held back while the consumer has no room, and each while it is too
 * far ahead of the other.
 * **Ends** Completes once one input has and nothing of it waits. Error: of an input, or an `OverflowError`, instead of a
 * stall, where one is further ahead of the other than its buffer.
 * ```text
 * first    -a---b----->     3 samples each
 * second   ---B---C--->     one sample later
 * output   ---x-y-z--->     x = [aa, BB], y = [b, B], z = [bb, CC]
 * ```
 * **Example**
 * {@includeCode ../../examples/align.ts#main}
 * @throws OptionError at the call
 * @see `zip` of RxJS, which joins by number, and `combineLatest`, which joins whatever is there
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
