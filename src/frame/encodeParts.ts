import { checkFrame } from './checkFrame.js';
import type { Frame } from './types.js';
import { HEADER_BYTES } from './header.js';
import { requireLittleEndian } from '../samples/littleEndian.js';
import { makeUntransferable } from '../memory/makeUntransferable.js';
import { writeHeader } from './writeHeader.js';

// A separate buffer for each header takes ten times as long as a piece of a page. No piece is used twice.
const PAGE_BYTES = 42 * HEADER_BYTES;
let page = new ArrayBuffer(0);
let used = 0;

/**
 * Encodes a frame as the two parts of its message: a header on a page, and a view of the samples.
 *
 * @throws FrameError, UnsupportedError on a big-endian machine.
 */
export function encodeParts(frame: Frame): [header: Uint8Array, payload: Uint8Array] {
  requireLittleEndian();
  const info = checkFrame(frame);
  if (used + HEADER_BYTES > page.byteLength) {
    page = new ArrayBuffer(PAGE_BYTES);
    makeUntransferable(page);
    used = 0;
  }
  const header = new Uint8Array(page, used, HEADER_BYTES);
  used += HEADER_BYTES;
  writeHeader(frame, info, header, 0);
  const { buffer, byteOffset, byteLength } = frame.samples;
  return [header, new Uint8Array(buffer, byteOffset, byteLength)];
}
