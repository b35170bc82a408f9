import type { Cipher } from './Cipher.js';
import { LONG, MORE } from './flags.js';
import { frameOf } from './frameOf.js';

const MAX_HEADER_BYTES = 9;

/** Puts each frame of a batch into a CURVE box. A header is within one segment; so is its body, in the same or the next one. */
export function sealSegments(segments: readonly Uint8Array[], cipher: Cipher): Uint8Array[] {
  const sealed: Uint8Array[] = [];
  for (let i = 0; i < segments.length; i += 1) {
    let segment = segments[i]!;
    let at = 0;
    while (at < segment.length) {
      const flags = segment[at]!;
      let length = segment[at + 1]!;
      if ((flags & LONG) !== 0) {
        const { buffer, byteOffset } = segment;
        length = Number(new DataView(buffer, byteOffset + at + 1, 8).getBigUint64(0));
      }
      at += (flags & LONG) === 0 ? 2 : MAX_HEADER_BYTES;
      if (at === segment.length && length > 0) {
        i += 1;
        segment = segments[i]!;
        at = 0;
      }
      sealed.push(frameOf(0, cipher.seal(flags & MORE, segment.subarray(at, at + length))));
      at += length;
    }
  }
  return sealed;
}
