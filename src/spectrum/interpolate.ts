import { decibels } from './SpectrumLine.js';
import { mainLobe, type WindowName } from './windows.js';

/** A tone in a spectrum. */
export interface Tone {
  /** Where it is, in bins from the first; a fraction between bins. */
  readonly bin: number;
  /** In dBFS. */
  readonly level: number;
}

/** How a spectrum was transformed. */
export interface Transformed {
  readonly window: WindowName;
  /** How many samples were transformed at a time. */
  readonly windowSamples: number;
}

/** The interval that contains the offset is halved so many times. */
const HALVINGS = 24;

/**
 * The frequency and level of the tone that is strongest at a bin: between bins a tone is found by how its two strongest bins compare,
 * as the main lobe of the window is known.
 *
 * @param bin one that is not weaker than its neighbours
 */
export function interpolateTone(power: ArrayLike<number>, bin: number, { window, windowSamples }: Transformed): Tone {
  const own = decibels(power[bin]!);
  const [left, right] = [decibels(power[bin - 1] ?? 0), decibels(power[bin + 1] ?? 0)];
  const difference = Math.max(left, right) - own;
  // zeros behind the samples make the lobe wider, in bins
  const narrow = windowSamples / power.length;
  const lobe = (offset: number): number => 20 * Math.log10(mainLobe(window, offset * narrow) + 1e-15);
  let [low, high] = [0, 0.5];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (lobe(1 - middle) - lobe(middle) < difference) low = middle;
    else high = middle;
  }
  return { bin: right > left ? bin + low : bin - low, level: own - lobe(low) };
}

/** The strongest bin from one bin to another, both included. */
export function strongestBin(power: ArrayLike<number>, from: number, to: number): number {
  let strongest = Math.max(0, from);
  const last = Math.min(power.length - 1, to);
  for (let bin = strongest + 1; bin <= last; bin += 1) if (power[bin]! > power[strongest]!) strongest = bin;
  return strongest;
}

/** Whether a bin is at least as strong as its neighbours. */
export function isSummit(power: ArrayLike<number>, bin: number): boolean {
  return power[bin]! >= (power[bin - 1] ?? 0) && power[bin]! >= (power[bin + 1] ?? 0);
}
