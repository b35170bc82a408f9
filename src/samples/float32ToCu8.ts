import { quantize } from './quantize.js';
import { requireFloats } from './requireFloats.js';

/**
 * Converts floats to the bytes of an rtl-sdr: unsigned, with zero at 127.5, full scale 128.
 *
 * Rounds to the nearest, halves upwards; numbers out of range saturate, NaN becomes 128.
 *
 * @param values the samples of a `cf32` frame
 * @throws FrameError if `values` is not a `Float32Array` (`fault` is `'value'`).
 */
export function float32ToCu8(values: Float32Array): Uint8Array<ArrayBuffer> {
  requireFloats('float32ToCu8', values);
  const bytes = new Uint8Array(values.length);
  quantize(values, bytes, 128, 0, 255, 127.5);
  return bytes;
}
