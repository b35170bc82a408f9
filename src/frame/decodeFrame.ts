import { FrameError } from '../samples/FrameError.js';
import type { Frame } from './types.js';
import { requireLittleEndian } from '../samples/littleEndian.js';
import { readFrame } from './readFrame.js';
import { describe } from '../basics/describe.js';

/**
 * Turns the two parts of a message, header and payload, into a frame.
 *
 * `samples` is a view of the payload where that is aligned for its type, otherwise of a copy. An unknown `version` is
 * taken as it is, and so is a frame of 0 samples.
 *
 * @throws FrameError where the bytes are no frame; its `fault` is `'parts'` (not two), `'header'` (not 96 bytes),
 * `'magic'`, `'protocol'` (not 0), `'sampleType'` (an unknown code), `'range'` (`sequence` or `num_samples` above
 * 2^53), `'length'` (the payload is not what `num_samples` says) or `'value'` (a part is no `Uint8Array`).
 * @throws UnsupportedError on a big-endian machine.
 * @example
 * ```ts
 * const { sampleType, samples } = decodeFrame([header, payload]);
 * ```
 */
export function decodeFrame(parts: readonly Uint8Array[]): Frame {
  requireLittleEndian();
  if (!Array.isArray(parts))
    throw new FrameError('parts', `a message must be an array of parts, not ${describe(parts)}`);
  if (parts.length !== 2) {
    throw new FrameError('parts', `a frame has 2 parts (header, payload), this message has ${parts.length}`);
  }
  const header: unknown = parts[0];
  const payload: unknown = parts[1];
  if (!isBytes(header)) throw notBytes('header', header);
  if (!isBytes(payload)) throw notBytes('payload', payload);
  return readFrame(header, payload);
}

// by its tag, which is the same in every realm
function isBytes(part: unknown): part is Uint8Array {
  return ArrayBuffer.isView(part) && (part as Uint8Array)[Symbol.toStringTag] === 'Uint8Array';
}

function notBytes(name: string, part: unknown): FrameError {
  return new FrameError('value', `the ${name} must be a Uint8Array, not ${describe(part)}`);
}
