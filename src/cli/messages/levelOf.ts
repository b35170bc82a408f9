import type { Frame } from '../../index.js';
import { levels } from '../signals/samples.js';

/** The RMS level of a frame, in dBFS; `-Infinity`: it is silent. */
export function levelOf(frame: Frame): number {
  const { values, fullScale } = levels(frame);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! / fullScale) ** 2;
  return frame.numSamples === 0 ? -Infinity : 10 * Math.log10(sum / frame.numSamples);
}
