import { makeUntransferable } from './makeUntransferable.js';

/** Parts up to this length have memory of their own: V8 has such arrays in its heap, which is quicker than a view of a page. */
export const OWN_BYTES = 64;
/** Every sample type may stand at such an offset. */
const ALIGNMENT = 16;
/** Up to this length a loop over words is faster than the view that a copy needs. */
const LOOPED_BYTES = 128;

/** Memory that parts of about one length share: one buffer for each takes three times as long. */
interface Page {
  readonly bytes: number;
  array: Uint8Array<ArrayBuffer>;
  view: DataView;
  used: number;
}

// Whoever keeps a part keeps its page. So a page is for at most 64 parts of its kind, and lengths far apart do not share one.
const short = newPage(4096);
const middle = newPage(8192);
const long = newPage(16_384);
/** The one that {@link placeOnPage} has put something on. */
let last = long;

function newPage(bytes: number): Page {
  const array = new Uint8Array(0);
  return { bytes, array, view: new DataView(array.buffer), used: bytes };
}

/** The memory of the page that {@link placeOnPage} has put something on. */
export function pageBuffer(): ArrayBuffer {
  return last.array.buffer;
}

/** Copies some bytes to a page, where they are their owner's to keep; gives at which offset, good for every sample type. */
export function placeOnPage(source: Uint8Array, start: number, length: number): number {
  const offset = reserveOnPage(length);
  const { array } = last;
  if (start === 0 && length === source.length) array.set(source, offset);
  else array.set(new Uint8Array(source.buffer, source.byteOffset + start, length), offset);
  return offset;
}

/** The same, from the chunk that a view is of. */
export function placeOnPageFrom(source: DataView, start: number, length: number): number {
  if (length > LOOPED_BYTES) {
    const { buffer, byteOffset, byteLength } = source;
    return placeOnPage(new Uint8Array(buffer, byteOffset, byteLength), start, length);
  }
  const offset = reserveOnPage(length);
  copyWords(source, start, length, last.view, offset);
  return offset;
}

/** Copies a few bytes, four at a time. */
export function copyWords(source: DataView, start: number, length: number, target: DataView, offset: number): void {
  const words = length & -4;
  for (let i = 0; i < words; i += 4) target.setInt32(offset + i, source.getInt32(start + i, true), true);
  for (let i = words; i < length; i += 1) target.setUint8(offset + i, source.getUint8(start + i));
}

function reserveOnPage(length: number): number {
  const page = length <= 128 ? short : length <= 256 ? middle : long;
  if (page.used + length > page.bytes) {
    page.array = new Uint8Array(page.bytes);
    page.view = new DataView(page.array.buffer);
    page.used = 0;
    makeUntransferable(page.array.buffer);
  }
  const offset = page.used;
  page.used = (offset + length + ALIGNMENT - 1) & -ALIGNMENT;
  last = page;
  return offset;
}

/** A copy of some bytes, at most a page of them, that is its owner's to keep. */
export function copyToPage(source: Uint8Array, start: number, length: number): Uint8Array {
  if (length <= OWN_BYTES) {
    const own = new Uint8Array(length);
    for (let i = 0; i < length; i += 1) own[i] = source[start + i]!;
    return own;
  }
  const offset = placeOnPage(source, start, length);
  return new Uint8Array(last.array.buffer, offset, length);
}
