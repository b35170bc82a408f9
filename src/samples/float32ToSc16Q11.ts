import { quantize } from './quantize.js';
import { requireFloats } from './requireFloats.js';

/**
 * Turns floats into SC16 Q11 samples, as a bladeRF takes them: 12 bits in 16, full scale 2048.
 *
 * Rounds to the nearest, halves upwards; what is out of -2048 to 2047 saturates, NaN becomes 0.
 *
 * @param values the samples of a `cf32` frame
 * @throws FrameError where `values` is no `Float32Array` (`fault` is `'value'`).
 */
export function float32ToSc16Q11(values: Float32Array): Int16Array<ArrayBuffer> {
  requireFloats('float32ToSc16Q11', values);
  const output = new Int16Array(values.length);
  quantize(values, output, 2048, -2048, 2047);
  return output;
}
