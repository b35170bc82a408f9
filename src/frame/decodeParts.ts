import { FrameError } from '../samples/FrameError.js';
import type { Frame } from './types.js';
import { requireLittleEndian } from '../samples/littleEndian.js';
import { readFrame } from './readFrame.js';
import { describe } from '../basics/describe.js';

/**
 * Decodes the two parts of a message to a frame.
 *
 * @throws FrameError, UnsupportedError on a big-endian machine.
 */
export function decodeParts(parts: readonly Uint8Array[]): Frame {
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

// by its tag, which is the same in every realm (jest, vm, iframes)
function isBytes(part: unknown): part is Uint8Array {
  return ArrayBuffer.isView(part) && (part as Uint8Array)[Symbol.toStringTag] === 'Uint8Array';
}

function notBytes(name: string, part: unknown): FrameError {
  return new FrameError('value', `the ${name} must be a Uint8Array, not ${describe(part)}`);
}
