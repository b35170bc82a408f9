import type { Frame } from '../../index.js';
import { numbersOf } from '../../spectrum/numbersOf.js';

/** The RMS level of a frame, in dBFS; `-Infinity`: it is silent. */
export function levelOf(frame: Frame): number {
  const { values, scale } = numbersOf(frame);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! * scale) ** 2;
  return frame.numSamples === 0 ? -Infinity : 10 * Math.log10(sum / frame.numSamples);
}
