/** So many bytes of buffers are kept for later, and no buffer above a quarter of it. */
const MOST_BYTES = 64 * 1024 * 1024;
const LARGEST_BYTES = MOST_BYTES / 4;

/** Below this it makes no difference. */
const UNFILLED_FROM_BYTES = 65_536;
/** Only Node and its likes have it. */
const { Buffer } = globalThis as { readonly Buffer?: { allocUnsafeSlow(length: number): Uint8Array } };

/** By length: a stream's frames mostly have one. */
const free = new Map<number, Uint8Array[]>();
let freeBytes = 0;
/** Below this, keeping account of who has a buffer would cost more than fresh memory. */
const LENT_FROM_BYTES = 65_536;
/** Buffers that are with a user and that no view may give back yet. */
const lent = new WeakSet<ArrayBufferLike>();
/**
 * Views that may give their buffer back. A map from the one to the other would keep both: V8 takes what a map holds for alive
 * until it collects the whole heap, and frames would wait for that where a look at what is young is enough.
 */
const claims = new WeakSet<ArrayBufferView>();

/** A buffer of exactly this length, with anything in it: fresh memory costs more in page faults than a copy does. */
export function takeLarge(length: number): Uint8Array {
  const buffer = free.get(length)?.pop();
  if (buffer === undefined) return fresh(length);
  freeBytes -= length;
  return buffer.length === length ? buffer : takeLarge(length); // a user has transferred it, after giving it back
}

/**
 * glibc takes large buffers from the system and gives them back as soon as they are free, so that each fresh one costs its page
 * faults again, up to the size of the largest one that it has ever seen freed, and at most this one's. So it is shown one, which
 * nobody touches, and which is no memory therefore.
 */
const SHOWN_BYTES = 32 * 1024 * 1024 - 8192;
let isShown = false;

/** Zeros that nobody sees take as long as the bytes themselves: at 512 KiB it is 1.7 times as fast without. */
function fresh(length: number): Uint8Array {
  if (Buffer === undefined || length < UNFILLED_FROM_BYTES) return new Uint8Array(length);
  if (!isShown) {
    isShown = true;
    Buffer.allocUnsafeSlow(SHOWN_BYTES);
  }
  const { buffer } = Buffer.allocUnsafeSlow(length);
  return buffer.byteLength === length ? new Uint8Array(buffer) : new Uint8Array(length);
}

/** Gives a buffer back that nobody uses any more. It must own its memory whole. */
export function giveLarge(buffer: Uint8Array): void {
  const { length } = buffer;
  if (length > LARGEST_BYTES || length !== buffer.buffer.byteLength) return;
  if (freeBytes + length > MOST_BYTES) forgetOthers(length);
  const same = free.get(length);
  if (same) same.push(buffer);
  else free.set(length, [buffer]);
  freeBytes += length;
}

/** Lets a user have it: nobody else does. */
export function lendLarge(buffer: Uint8Array): void {
  if (buffer.length >= LENT_FROM_BYTES) lent.add(buffer.buffer);
}

/** Says which view of a lent buffer may give it back: the first. One of the same memory from an earlier time may not. */
export function claimLarge(view: ArrayBufferView): void {
  if (view.byteLength >= LENT_FROM_BYTES && lent.delete(view.buffer)) claims.add(view);
}

/** Takes back what was lent; anything else is not touched. */
export function returnLarge(view: ArrayBufferView): void {
  if (!claims.delete(view)) return;
  const { buffer } = view;
  if (buffer.byteLength > 0) giveLarge(new Uint8Array(buffer)); // else it was transferred
}

/** Makes place: lengths that nobody asks for any more go first, the given one last. */
function forgetOthers(length: number): void {
  for (const [other, buffers] of free) {
    while (buffers.length > 0 && freeBytes + length > MOST_BYTES) {
      buffers.pop();
      freeBytes -= other;
    }
    if (buffers.length === 0) free.delete(other);
    if (freeBytes + length <= MOST_BYTES) return;
  }
}
