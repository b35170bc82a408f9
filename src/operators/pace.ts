import type { MonoTypeOperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import type { Frame } from '../frame/types.js';
import { defaultClock } from '../rx/defaultClock.js';
import { operate, type OperateOptions } from '../rx/operate.js';
import { checkOptions, isDemand, isInteger, type Rule } from '../options/rules.js';
import { PaceFlow } from './flows/PaceFlow.js';

/** Options of {@link pace}. */
export interface PaceOptions extends Pick<OperateOptions, 'demand'> {
  /** How many times as fast as the samples were taken, above 0. @default 1 */
  readonly speed?: number | undefined;
  /** Samples a second of frames that say 0, in Hz. @default none: such a frame is an error */
  readonly sampleRate?: number | undefined;
  /** How many frames may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
}

const isAboveZero: Rule = (value) =>
  typeof value === 'number' && value > 0 && value < Infinity ? undefined : 'a finite number above 0';

/**
 * Replays frames at their sample rate: each is emitted when those before it have lasted. The source is held back
 * meanwhile.
 *
 * The first frame goes at once. What goes late does not make those after it late, so that the rate is held for hours;
 * but a pause of more than 100 ms, of the source or of the consumer, is not made up for.
 *
 * **Delivery** Lossless. Holds one frame, and what wait behind it from where demand cannot reach.
 * **Ends** Completes with the last frame, once the source has. Error: of the source, an `OverflowError`, or a
 * `FrameError` for a frame without a rate.
 * ```text
 * source   (abcd|)                each 3 ms long
 * output   a--b--c--(d|)
 * ```
 * **Example**
 * {@includeCode ../../examples/pace.ts#main}
 * @throws OptionError at the call
 * @see `concatMap((frame) => timer(ms).pipe(...))`, for any pace of your own
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
