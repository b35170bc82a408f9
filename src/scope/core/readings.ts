import { interpolateTone, isSummit, strongestBin, type Tone } from '../../spectrum/interpolate.js';
import { decibels } from '../../spectrum/SpectrumLine.js';
import { type Band, binOf, frequencyOf } from './Band.js';

/** A place in the spectrum. */
export interface ScopeReading {
  /** In Hz; the distance from the centre if that is not known, in bins if the sample rate is not known. */
  readonly frequency: number;
  /** In dBFS. */
  readonly level: number;
}

/**
 * Reads the spectrum at a marker: the tone that is strongest near it, or else its own bin.
 *
 * @param near how far the tone may be away, in bins; 0: the bin alone is read
 */
export function readAt(
  power: ArrayLike<number>,
  band: Band,
  frequency: number,
  near: number,
): ScopeReading | undefined {
  const at = binOf(band, frequency);
  const bin = Math.round(at);
  if (!(bin >= 0 && bin < band.bins)) return undefined;
  const strongest = near === 0 ? bin : strongestBin(power, Math.floor(at - near), Math.ceil(at + near));
  if (isSummit(power, strongest)) return readingOf(interpolateTone(power, strongest, band), band);
  return { frequency: frequencyOf(band, bin), level: decibels(power[bin]!) };
}

/** A tone as a reading. */
export function readingOf({ bin, level }: Tone, band: Band): ScopeReading {
  return { frequency: frequencyOf(band, bin), level };
}
