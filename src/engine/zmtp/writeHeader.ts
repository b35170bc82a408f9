import { LONG, MAX_SHORT_BYTES } from './flags.js';

/** The longest header of a frame. */
export const MAX_HEADER_BYTES = 9;

/** Writes the header of a frame, and returns where its body begins. */
export function writeHeader(target: Uint8Array, at: number, flags: number, length: number): number {
  if (length <= MAX_SHORT_BYTES) {
    target[at] = flags;
    target[at + 1] = length;
    return at + 2;
  }
  const high = Math.floor(length / 0x100000000);
  target[at] = flags | LONG;
  target[at + 1] = 0;
  target[at + 2] = high >>> 16;
  target[at + 3] = high >>> 8;
  target[at + 4] = high;
  target[at + 5] = length >>> 24;
  target[at + 6] = length >>> 16;
  target[at + 7] = length >>> 8;
  target[at + 8] = length;
  return at + MAX_HEADER_BYTES;
}
