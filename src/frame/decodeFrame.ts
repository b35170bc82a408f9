import { attributed } from '../basics/attributed.js';
import { decodeParts } from './decodeParts.js';
import type { Frame } from './types.js';

/**
 * Decodes the two parts of a message, header and payload, to a frame.
 *
 * `samples` is a view of the payload if that is aligned for its type, otherwise of a copy. An unknown `version` and a frame of 0
 * samples are accepted.
 *
 * @param parts header and payload
 * @throws FrameError if the bytes are not a frame; its `fault` is `'parts'` (not two), `'header'` (not 96 bytes),
 * `'magic'`, `'protocol'` (not 0), `'sampleType'` (an unknown code), `'range'` (`sequence` or `num_samples` above
 * 2^53), `'length'` (the payload does not have the length of `num_samples`) or `'value'` (a part is not a `Uint8Array`).
 * @throws UnsupportedError on a big-endian machine.
 * @example
 * ```ts
 * const { sampleType, samples } = decodeFrame([header, payload]);
 * ```
 */
export function decodeFrame(parts: readonly Uint8Array[]): Frame {
  try {
    return decodeParts(parts);
  } catch (error) {
    throw attributed(error, 'decodeFrame');
  }
}
