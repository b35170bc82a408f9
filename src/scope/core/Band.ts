import type { Transformed } from '../../spectrum/interpolate.js';
import { isRate } from '../../frame/SampleTime.js';

/** The frequencies of a spectrum, and how it was transformed. */
export interface Band extends Transformed {
  readonly bins: number;
  /** In Hz; without a sample rate, in bins from the middle. */
  readonly low: number;
  readonly high: number;
  /** Whether frequencies are known only as distances from an unknown centre. */
  readonly isOffset: boolean;
  /** Whether the sample rate is known. */
  readonly hasRate: boolean;
}

/** The band of a frame or line. */
export function bandOf(
  { centerFreq, sampleRate }: { readonly centerFreq: number; readonly sampleRate: number },
  bins: number,
  { window, windowSamples }: Transformed,
): Band {
  const hasRate = isRate(sampleRate);
  const hasCentre = hasRate && Number.isFinite(centerFreq) && centerFreq !== 0;
  const centre = hasCentre ? centerFreq : 0;
  const width = hasRate ? sampleRate : bins;
  // bin 0 is at the lowest frequency, and bin `bins / 2` at the centre: the edges are half a bin outside of the first and last
  const half = width / (2 * bins);
  const [low, high] = [centre - width / 2 - half, centre + width / 2 - half];
  return { bins, low, high, isOffset: !hasCentre, hasRate, window, windowSamples };
}

/** Whether two bands have the same bins at the same frequencies. */
export function isSameBand(a: Band, b: Band): boolean {
  return (
    a.bins === b.bins &&
    a.low === b.low &&
    a.high === b.high &&
    a.window === b.window &&
    a.hasRate === b.hasRate &&
    a.isOffset === b.isOffset
  );
}

/** The frequency of a place in a band, in bins; bin 0 has its middle at 0. */
export function frequencyOf({ low, high, bins }: Band, bin: number): number {
  return low + ((bin + 0.5) / bins) * (high - low);
}

/** The place of a frequency in a band, in bins. */
export function binOf({ low, high, bins }: Band, frequency: number): number {
  return ((frequency - low) / (high - low)) * bins - 0.5;
}
