/** Small parts that are kept share pages of this size: one buffer for each takes three times as long. */
const PAGE_BYTES = 16_384;
/** Every sample type may stand at such an offset. */
const ALIGNMENT = 16;

let page = new Uint8Array(0);
let used = 0;

/** All empty parts. */
export const EMPTY = new Uint8Array(0);

/** The memory of the page that {@link place} has put something on. */
export function pageBuffer(): ArrayBuffer {
  return page.buffer;
}

/** Copies some bytes to a page, where they are their owner's to keep; gives at which offset, good for every sample type. */
export function place(source: Uint8Array, start: number, length: number): number {
  if (used + length > PAGE_BYTES || page.length === 0) {
    page = new Uint8Array(PAGE_BYTES);
    used = 0;
  }
  const offset = used;
  if (start === 0 && length === source.length) page.set(source, offset);
  else page.set(new Uint8Array(source.buffer, source.byteOffset + start, length), offset);
  used = (offset + length + ALIGNMENT - 1) & -ALIGNMENT;
  return offset;
}

/** A copy of some bytes, at most a page of them, that is its owner's to keep. */
export function keep(source: Uint8Array, start: number, length: number): Uint8Array {
  if (length === 0) return EMPTY;
  const offset = place(source, start, length);
  return new Uint8Array(page.buffer, offset, length);
}
