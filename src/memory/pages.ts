import { makeUntransferable } from './makeUntransferable.js';

/** Parts up to this length have separate memory: V8 keeps such arrays in its heap, which is faster than a view of a page. */
export const OWN_BYTES = 64;
/** Up to this length a loop over bytes is faster than `slice`. */
const LOOPED_OWN_BYTES = 16;
/** Every sample type is aligned at such an offset. Parts that take the same multiple of it share pages. */
const ALIGNMENT = 16;
/** A part that is kept keeps its whole page: so a page is at most this many times as long as the shortest part that it may hold. */
const MOST_PARTS = 64;
const LONGEST_PAGE = 16_384;
/** Parts from this length on have pages of the maximum length. */
const LONG_BYTES = LONGEST_PAGE / MOST_PARTS;
/** Up to this length a loop over words is faster than the view that a copy needs. */
const LOOPED_BYTES = 128;

/** Memory that parts of similar length share: a separate buffer for each takes three times as long. */
interface Page {
  readonly bytes: number;
  array: Uint8Array<ArrayBuffer>;
  /** Created when it is needed. */
  view: DataView | undefined;
  used: number;
}

/** By the number of {@link ALIGNMENT} units that a part takes. A page shorter than allowed costs time, as it is full sooner. */
const pages = Array.from({ length: LONG_BYTES / ALIGNMENT + 1 }, (_, units) =>
  newPage(Math.max(1, units - 1) * ALIGNMENT * MOST_PARTS),
);
const long = newPage(LONGEST_PAGE);
/** The page that {@link placeOnPage} has used last. */
let last = long;

function newPage(bytes: number): Page {
  return { bytes, array: new Uint8Array(0), view: undefined, used: bytes };
}

/** The memory of the page that {@link placeOnPage} has used last. */
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
  const view = (last.view ??= new DataView(last.array.buffer));
  copyWords(source, start, length, view, offset);
  return offset;
}

/** Copies a few bytes, four at a time. */
export function copyWords(source: DataView, start: number, length: number, target: DataView, offset: number): void {
  const words = length & -4;
  for (let i = 0; i < words; i += 4) target.setInt32(offset + i, source.getInt32(start + i, true), true);
  for (let i = words; i < length; i += 1) target.setUint8(offset + i, source.getUint8(start + i));
}

function reserveOnPage(length: number): number {
  const page = length > LONG_BYTES ? long : pages[(length + ALIGNMENT - 1) >> 4]!;
  if (page.used + length > page.bytes) {
    page.array = new Uint8Array(page.bytes);
    page.view = undefined;
    page.used = 0;
    makeUntransferable(page.array.buffer);
  }
  const offset = page.used;
  page.used = (offset + length + ALIGNMENT - 1) & -ALIGNMENT;
  last = page;
  return offset;
}

/** Some bytes of a page, at most all of it, with any content, that are their owner's to fill and keep. */
export function pagePart(length: number): Uint8Array {
  const offset = reserveOnPage(length);
  return new Uint8Array(last.array.buffer, offset, length);
}

/** A copy of some bytes, at most a page of them, that is its owner's to keep. */
export function copyToPage(source: Uint8Array, start: number, length: number): Uint8Array {
  if (length <= OWN_BYTES) {
    if (length > LOOPED_OWN_BYTES && source.constructor === Uint8Array) return source.slice(start, start + length);
    const own = new Uint8Array(length);
    for (let i = 0; i < length; i += 1) own[i] = source[start + i]!;
    return own;
  }
  const offset = placeOnPage(source, start, length);
  return new Uint8Array(last.array.buffer, offset, length);
}
