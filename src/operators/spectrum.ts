import type { OperatorFunction } from 'rxjs';
import type { Frame } from '../frame/types.js';
import { checkOptions, isInteger, isOneOf, type Rule } from '../options/rules.js';
import { transparent } from '../rx/transparent.js';
import type { SpectrumLine } from '../spectrum/SpectrumLine.js';
import { WINDOW_NAMES, type WindowName } from '../spectrum/windows.js';
import { SpectrumFlow } from './flows/SpectrumFlow.js';

/** Options of {@link spectrum}. */
export interface SpectrumOptions {
  /** The number of bins: a power of two from 16 to 1,048,576. @default 4096 */
  readonly bins?: number | undefined;
  /**
   * Lines for each second of the signal, above 0 and at most 1000; fewer if a line would have less than a 64th of `bins` new samples.
   * @default 30
   */
  readonly rate?: number | undefined;
  /** How many transforms are averaged for a line, at most, from 1 to 65,536; they are spread evenly over its time. @default 16 */
  readonly average?: number | undefined;
  /**
   * How samples are weighted: `'blackmanHarris'` shows the weak beside the strong, `'flatTop'` has the least error of levels,
   * `'hann'` and `'rectangular'` separate tones that are close to each other. @default 'blackmanHarris'
   */
  readonly window?: WindowName | undefined;
}

const MOST_BINS = 2 ** 20;

const isBins: Rule = (value) =>
  Number.isInteger(value) && (value as number) >= 16 && (value as number) <= MOST_BINS && isPowerOfTwo(value as number)
    ? undefined
    : `a power of two from 16 to ${MOST_BINS}`;

const isLineRate: Rule = (value) =>
  typeof value === 'number' && value > 0 && value <= 1000 ? undefined : 'a number above 0 and at most 1000';

/**
 * Computes the spectrum of frames: lines with one byte for each bin, some 30 a second whatever the sample rate is.
 *
 * Send them with the codec {@link lines} to a page over a slow link, where frames would not fit: 4096 bins 30 times a second are
 * 0.12 MB/s. The time of lines is that of the signal, by its sample rate. Frames without a sample rate give a line for every `average`
 * transforms. A missing frame, and another sample rate or frequency, begin a new run of samples; a run that is shorter than `bins` is
 * transformed with zeros behind it. Blocks with NaN or infinity are left out. Mixed streams need a `groupBy` first.
 *
 * **Delivery** Averages: all samples of a line's time are transformed if `average` transforms are enough. Holds less than one line.
 * Demand crosses it.
 *
 * **Ends** Completion emits the open line; an error discards it.
 * ```text
 * source   -f-f-f-f-f-f-|
 * output   -----l-----l-|      a line for each three frames
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/spectrum.ts#main}
 * @param options how many bins, lines a second and transforms a line, and the window
 * @throws OptionError at the call
 * @see {@link lines}, their wire
 */
export function spectrum(options: SpectrumOptions = {}): OperatorFunction<Frame, SpectrumLine> {
  checkOptions('spectrum', options, {
    bins: isBins,
    rate: isLineRate,
    average: isInteger(1, 65_536),
    window: isOneOf(...WINDOW_NAMES),
  });
  const { bins = 4096, rate = 30, average = 16, window = 'blackmanHarris' } = options;
  const settings = { bins, rate, average, window };
  return transparent<Frame, SpectrumLine>((out) => new SpectrumFlow(settings, out));
}

function isPowerOfTwo(value: number): boolean {
  return (value & (value - 1)) === 0;
}
