import { decibels } from './SpectrumLine.js';
import { noisePower } from './findPeaks.js';

/** The levels at the lower and the upper edge of a picture, in dBFS. */
export interface LevelRange {
  readonly bottom: number;
  readonly top: number;
}

/** Steps in which the range is fitted, so that the picture stays calm, in dB. */
const STEP = 5;
const LEAST_RANGE = 40;

/** Fits a range to a spectrum, only if the previous one no longer fits. */
export function fitRange(previous: LevelRange | undefined, power: ArrayLike<number>): LevelRange {
  let most = 0;
  for (let i = 0; i < power.length; i += 1) if (power[i]! > most) most = power[i]!;
  const noise = Math.max(-200, decibels(noisePower(power)));
  const peak = Math.max(noise, decibels(most));
  const keepsBottom = previous && noise > previous.bottom + 2 && noise < previous.bottom + 18;
  const bottom = keepsBottom ? previous.bottom : STEP * Math.floor((noise - 8) / STEP);
  const keepsTop = previous && peak < previous.top - 1 && peak > previous.top - 30;
  const top = keepsTop ? previous.top : STEP * Math.ceil((peak + 8) / STEP);
  return { bottom, top: Math.max(top, bottom + LEAST_RANGE) };
}
