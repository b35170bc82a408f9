import { requireFloats } from './requireFloats.js';

/**
 * Converts floats to half floats, IEEE 754 binary16.
 *
 * Rounds half to even, as the hardware does: 65520 and more becomes infinity, numbers that are too small a subnormal or a zero with
 * the same sign. A NaN stays a NaN, quiet, with the upper part of its payload.
 *
 * @param values any floats
 * @returns the bits of each
 * @throws FrameError if `values` is not a `Float32Array` (`fault` is `'value'`).
 */
export function float32ToHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  requireFloats('float32ToHalf', values);
  const input = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const output = new Uint16Array(values.length);
  for (let i = 0; i < input.length; i += 1) output[i] = narrow(input[i]!);
  return output;
}

/** The bits of the half float that is nearest to a float of these bits. */
function narrow(float: number): number {
  const sign = (float >>> 16) & 0x8000;
  const exponent = ((float >>> 23) & 0xff) - 112;
  const fraction = float & 0x7fffff;
  if (exponent === 0xff - 112) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200 | (fraction >>> 13));
  if (exponent > 30) return sign | 0x7c00;
  if (exponent < -10) return sign; // below half of the least
  // how many bits of the mantissa are below the last one of the half float
  const drop = exponent > 0 ? 13 : 14 - exponent;
  const mantissa = exponent > 0 ? fraction : fraction | 0x800000;
  const kept = (exponent > 0 ? exponent << 10 : 0) | (mantissa >>> drop);
  const rest = mantissa & ((1 << drop) - 1);
  const tie = 1 << (drop - 1);
  // a carry into the exponent is correct: the next power of two, or infinity
  return sign | (rest > tie || (rest === tie && (kept & 1) === 1) ? kept + 1 : kept);
}
