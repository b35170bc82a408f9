import { rescale } from './quantize.js';
import { sixteenBits } from './sixteenBits.js';

/**
 * Converts SC16 Q11 samples of a bladeRF to floats: 12 bits in 16, full scale 2048.
 *
 * @param values I and Q interleaved, as numbers or as little-endian bytes
 * @returns `value / 2048` each: the samples of a `cf32` frame
 * @throws FrameError if `values` is of another class (`fault` is `'value'`) or has half a value (`'length'`).
 * @example
 * ```ts
 * frame(sc16Q11ToFloat32(bytes), { sampleRate: 10e6 });
 * ```
 */
export function sc16Q11ToFloat32(values: Int16Array | Uint8Array): Float32Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = sixteenBits('sc16Q11ToFloat32', values, 'Int16Array');
  const floats = new Float32Array(length);
  rescale(new Int16Array(buffer, byteOffset, length), floats, 1 / 2048);
  return floats;
}
