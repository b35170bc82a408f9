import { FrameError } from './FrameError.js';
import { describe } from '../basics/describe.js';

/**
 * Converts the bytes of an rtl-sdr to floats: unsigned, with zero at 127.5, full scale 128.
 *
 * @param bytes I and Q interleaved, as the receiver or `rtl_sdr` writes them
 * @returns `(byte - 127.5) / 128` each, from -0.99609375 to 0.99609375: the samples of a `cf32` frame
 * @throws FrameError if `bytes` is not a `Uint8Array` (`fault` is `'value'`).
 * @example
 * ```ts
 * frame(cu8ToFloat32(bytes), { sampleRate: 2.4e6 });
 * ```
 */
export function cu8ToFloat32(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== 'Uint8Array') {
    throw new FrameError('value', `cu8ToFloat32: bytes must be a Uint8Array, not ${describe(bytes)}`);
  }
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) values[i] = (bytes[i]! - 127.5) / 128;
  return values;
}
