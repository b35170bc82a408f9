import { attributed } from '../basics/attributed.js';
import { encodeParts } from './encodeParts.js';
import type { Frame } from './types.js';

/**
 * Encodes a frame as the two parts of its message: a header of 96 bytes, and a view of the samples (not a copy).
 *
 * The header is new memory. As with small Buffers of Node, its `buffer` is a page of 4 KiB that several headers share, and Node
 * does not allow to transfer it.
 *
 * @param frame the frame; `numSamples` is not read, the samples are counted
 * @throws FrameError if a field is invalid (the text names it), or there are no samples.
 * @throws UnsupportedError on a big-endian machine.
 * @example
 * ```ts
 * const [header, payload] = encodeFrame(frame(new Float32Array([1, 0])));
 * ```
 */
export function encodeFrame(frame: Frame): [header: Uint8Array, payload: Uint8Array] {
  try {
    return encodeParts(frame);
  } catch (error) {
    throw attributed(error, 'encodeFrame');
  }
}
