import { quantize } from './quantize.js';
import { requireFloats } from './requireFloats.js';

/**
 * Converts floats to SC16 Q11 samples of a bladeRF: 12 bits in 16, full scale 2048.
 *
 * Rounds to the nearest, halves upwards; numbers outside -2048 to 2047 saturate, NaN becomes 0.
 *
 * @param values the samples of a `cf32` frame
 * @throws FrameError if `values` is not a `Float32Array` (`fault` is `'value'`).
 */
export function float32ToSc16Q11(values: Float32Array): Int16Array<ArrayBuffer> {
  requireFloats('float32ToSc16Q11', values);
  const output = new Int16Array(values.length);
  quantize(values, output, 2048, -2048, 2047);
  return output;
}
