import { MAX_SHORT_BYTES } from './flags.js';
import { MAX_HEADER_BYTES, writeHeader } from './writeHeader.js';

/** A frame in its own memory. */
export function frameOf(flags: number, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(body.length + (body.length <= MAX_SHORT_BYTES ? 2 : MAX_HEADER_BYTES));
  frame.set(body, writeHeader(frame, 0, flags, body.length));
  return frame;
}
