import { sixteenBits } from './sixteenBits.js';

/**
 * Converts half floats, IEEE 754 binary16, to floats, exactly. A NaN keeps its payload.
 *
 * @param values the bits of each, as numbers or as little-endian bytes
 * @returns the samples of a `cf32` frame, if I and Q are interleaved
 * @throws FrameError if `values` is of another class (`fault` is `'value'`) or has half a value (`'length'`).
 * @example
 * ```ts
 * frame(halfToFloat32(bytes), { sampleRate: 1e6 });
 * ```
 */
export function halfToFloat32(values: Uint16Array | Uint8Array): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = sixteenBits('halfToFloat32', values, 'Uint16Array');
  const input = new Uint16Array(buffer, byteOffset, length);
  const floats = new Float32Array(length);
  // as words, not as numbers: a JavaScript engine may change the bits of a NaN that it handles as a number
  const output = new Uint32Array(floats.buffer);
  for (let i = 0; i < length; i += 1) output[i] = widen(input[i]!);
  return floats;
}

/** The bits of the float that is the same number. */
function widen(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // a subnormal: its highest bit becomes the implicit one
  const up = Math.clz32(fraction) - 21;
  return sign | ((113 - up) << 23) | (((fraction << up) & 0x3ff) << 13);
}
