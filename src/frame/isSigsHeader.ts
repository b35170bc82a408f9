import { HEADER_BYTES, MAGIC } from './header.js';

/** Whether a message part has the length and the first bytes of a SIGS header. */
export function isSigsHeader(part: Uint8Array): boolean {
  return part.length === HEADER_BYTES && new DataView(part.buffer, part.byteOffset).getUint32(0, true) === MAGIC;
}
