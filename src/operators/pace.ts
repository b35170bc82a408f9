import type { MonoTypeOperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import type { Frame } from '../frame/types.js';
import { defaultClock } from '../rx/defaultClock.js';
import { operate, type OperateOptions } from '../rx/operate.js';
import { checkOptions, isDemand, isInteger, type Rule } from '../options/rules.js';
import { PaceFlow } from './flows/PaceFlow.js';

/** Options of {@link pace}. */
export interface PaceOptions extends Pick<OperateOptions, 'demand'> {
  /** The speed relative to the sample rate, above 0. @default 1 */
  readonly speed?: number | undefined;
  /** The sample rate of frames whose own is 0, in Hz. @default none: such a frame is an error */
  readonly sampleRate?: number | undefined;
  /** How many frames may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const isAboveZero: Rule = (value) =>
  typeof value === 'number' && value > 0 && value < Infinity ? undefined : 'a finite number above 0';

/**
 * Replays frames at their sample rate: emits each frame after the duration of the frames before it. It holds back the source meanwhile.
 *
 * The first frame is emitted at once. A late frame does not delay those after it, so that the rate stays right for hours; but a pause of
 * more than 100 ms, of the source or the consumer, is not caught up.
 *
 * **Delivery** Lossless. Holds one frame, and up to `maxBuffered` more from a source that ignores back-pressure.
 *
 * **Ends** Completes with the last frame, once the source has completed. Error: of the source, an `OverflowError`, or a `FrameError` for
 * a frame without a rate.
 * ```text
 * source   (abcd|)                each 3 ms long
 * output   a--b--c--(d|)
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/pace.ts#main}
 *
 * @param options the speed, and the sample rate of frames without one
 * @throws OptionError at the call
 * @see `concatMap((frame) => timer(ms).pipe(...))`, for any other pace
 */
export function pace<F extends Frame>(options: PaceOptions = {}): MonoTypeOperatorFunction<F> {
  checkOptions('pace', options, {
    speed: isAboveZero,
    sampleRate: isAboveZero,
    maxBuffered: isInteger(0),
    demand: isDemand,
  });
  const { speed = 1, sampleRate, maxBuffered = MAX_BUFFERED } = options;
  const settings = { speed, sampleRate, maxBuffered };
  return operate<F, F>((out, gate) => new PaceFlow<F>(settings, out, gate, defaultClock), options);
}
