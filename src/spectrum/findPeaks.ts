import { mainLobe } from './windows.js';
import { interpolateTone, isSummit, type Tone, type Transformed } from './interpolate.js';

/** How far a peak must stand above the noise, as a factor of power: 12 dB. */
const ABOVE_NOISE = 16;
/** How far the spectrum must fall between two peaks, as a factor of power: 6 dB. */
const DIP = 4;
/** By how much what a window lets through may be exceeded, as a factor of power: 6 dB. */
const LEAKAGE_MARGIN = 4;

/**
 * The strongest tones of a spectrum, the strongest first.
 *
 * @param most how many
 * @param from the first bin to look at
 * @param to the last bin to look at
 * @param apart how many bins from a stronger one another must be
 */
export function findPeaks(
  power: ArrayLike<number>,
  transformed: Transformed,
  most: number,
  from = 0,
  to = power.length - 1,
  apart = 0,
): readonly Tone[] {
  const noise = noisePower(power, from, to);
  const summits: number[] = [];
  /** The strongest bin since the last dip, and the weakest since the strongest. */
  let summit = -1;
  let weakest = Infinity;
  for (let bin = from; bin <= to; bin += 1) {
    const value = power[bin]!;
    weakest = Math.min(weakest, value);
    if (summit >= 0 && value * DIP < power[summit]!) {
      summits.push(summit);
      summit = -1;
      weakest = value;
    }
    const rises = summit >= 0 ? value > power[summit]! : value > weakest * DIP || bin === from;
    if (rises && value > noise * ABOVE_NOISE) summit = bin;
  }
  if (summit >= 0) summits.push(summit);
  const found: number[] = [];
  for (const bin of summits.filter((one) => isSummit(power, one)).sort((a, b) => power[b]! - power[a]!)) {
    if (found.length === most) break;
    const isOther = (stronger: number): boolean =>
      Math.abs(bin - stronger) >= apart && !isLeakage(power, bin, stronger, transformed);
    if (found.every(isOther)) found.push(bin);
  }
  return found.map((bin) => interpolateTone(power, bin, transformed));
}

/** Whether a summit is no more than what the window lets through of a stronger tone elsewhere. */
function isLeakage(
  power: ArrayLike<number>,
  bin: number,
  stronger: number,
  { window, windowSamples }: Transformed,
): boolean {
  const offset = (Math.abs(bin - stronger) * windowSamples) / power.length;
  const lobe = Math.max(...[-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75].map((near) => mainLobe(window, offset + near)));
  return power[bin]! < power[stronger]! * lobe * lobe * LEAKAGE_MARGIN;
}

/** The level below which a quarter of the bins is: noise, in all but the fullest bands. */
export function noisePower(power: ArrayLike<number>, from = 0, to = power.length - 1): number {
  const length = Math.max(1, to - from + 1);
  const every = Math.max(1, Math.floor(length / 1024)); // as good as all of them
  const picked: number[] = [];
  for (let bin = from; bin <= to; bin += every) picked.push(power[bin]!);
  picked.sort((a, b) => a - b);
  return picked[picked.length >> 2] ?? 0;
}
