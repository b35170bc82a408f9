/** Small parts that are kept share pages of this size: one buffer for each takes three times as long. */
const PAGE_BYTES = 16_384;
/** Every sample type may stand at such an offset. */
const ALIGNMENT = 16;

/** Up to this length a loop over words is faster than the view that a copy needs. */
const LOOPED_BYTES = 128;

let page = new Uint8Array(0);
let pageView = new DataView(page.buffer);
let used = 0;

/** All empty parts. */
export const EMPTY = new Uint8Array(0);

/** The memory of the page that {@link placeOnPage} has put something on. */
export function pageBuffer(): ArrayBuffer {
  return page.buffer;
}

/** Copies some bytes to a page, where they are their owner's to keep; gives at which offset, good for every sample type. */
export function placeOnPage(source: Uint8Array, start: number, length: number): number {
  const offset = reserveOnPage(length);
  if (start === 0 && length === source.length) page.set(source, offset);
  else page.set(new Uint8Array(source.buffer, source.byteOffset + start, length), offset);
  return offset;
}

/** The same, from the chunk that a view is of. */
export function placeOnPageFrom(source: DataView, start: number, length: number): number {
  if (length > LOOPED_BYTES) {
    const { buffer, byteOffset, byteLength } = source;
    return placeOnPage(new Uint8Array(buffer, byteOffset, byteLength), start, length);
  }
  const offset = reserveOnPage(length);
  const words = length & -4;
  for (let i = 0; i < words; i += 4) pageView.setInt32(offset + i, source.getInt32(start + i, true), true);
  for (let i = words; i < length; i += 1) pageView.setUint8(offset + i, source.getUint8(start + i));
  return offset;
}

function reserveOnPage(length: number): number {
  if (used + length > PAGE_BYTES || page.length === 0) {
    page = new Uint8Array(PAGE_BYTES);
    pageView = new DataView(page.buffer);
    used = 0;
  }
  const offset = used;
  used = (offset + length + ALIGNMENT - 1) & -ALIGNMENT;
  return offset;
}

/** A copy of some bytes, at most a page of them, that is its owner's to keep. */
export function copyToPage(source: Uint8Array, start: number, length: number): Uint8Array {
  if (length === 0) return EMPTY;
  const offset = placeOnPage(source, start, length);
  return new Uint8Array(page.buffer, offset, length);
}
