import { fillHeap } from './fillHeap.js';

/** The pool keeps up to this many bytes, and no buffer above a quarter of it. */
const MOST_BYTES = 64 * 1024 * 1024;
const LARGEST_BYTES = MOST_BYTES / 4;

/** Below this size it makes no difference. */
const UNFILLED_FROM_BYTES = 65_536;
/** Only Node and similar platforms have it. */
const Buffer = (globalThis as { readonly Buffer?: { allocUnsafeSlow(length: number): Uint8Array } }).Buffer;

/** By length: the frames of a stream usually have the same length. */
const free = new Map<number, Uint8Array[]>();
let freeBytes = 0;
/** Below this size, tracking the owner of a buffer would cost more than new memory. */
const LENT_FROM_BYTES = 65_536;
/** Buffers that a user has, and that no view may return yet. */
const lent = new WeakSet<ArrayBufferLike>();
/**
 * Views that may return their buffer. A map from one to the other would keep both: V8 treats the entries of a map as alive until a
 * full garbage collection, and frames would wait for that instead of a young-generation collection.
 */
const claims = new WeakSet<ArrayBufferView>();

/** A buffer of exactly this length, with any content: new memory costs more in page faults than a copy. */
export function takeLarge(length: number): Uint8Array {
  const buffer = free.get(length)?.pop();
  if (buffer === undefined) return fresh(length);
  freeBytes -= length;
  return buffer.length === length ? buffer : takeLarge(length); // a user has transferred it after returning it
}

/**
 * glibc gets large buffers from the system and returns them as soon as they are freed, so each new one costs its page faults again.
 * It does not do this for sizes up to the largest buffer that it has seen freed, and at most up to this size. So this frees one
 * such buffer, which is never touched, and so uses no memory.
 */
const SHOWN_BYTES = 32 * 1024 * 1024 - 8192;
let isShown = false;

/** Filling with zeros takes as long as writing the bytes: without it, 512 KiB are 1.7 times as fast. */
function fresh(length: number): Uint8Array {
  fillHeap(length);
  if (Buffer === undefined || length < UNFILLED_FROM_BYTES) return new Uint8Array(length);
  if (!isShown) {
    isShown = true;
    Buffer.allocUnsafeSlow(SHOWN_BYTES);
  }
  const { buffer } = Buffer.allocUnsafeSlow(length);
  return buffer.byteLength === length ? new Uint8Array(buffer) : new Uint8Array(length);
}

/** Returns a buffer that is no longer used. It must own its whole memory. */
export function giveLarge(buffer: Uint8Array): void {
  const { length } = buffer;
  if (length > LARGEST_BYTES || length !== buffer.buffer.byteLength) return;
  if (freeBytes + length > MOST_BYTES) forgetOthers(length);
  const same = free.get(length);
  if (same) same.push(buffer);
  else free.set(length, [buffer]);
  freeBytes += length;
}

/** Lends a buffer to a user, exclusively. */
export function lendLarge(buffer: Uint8Array): void {
  if (buffer.length >= LENT_FROM_BYTES) lent.add(buffer.buffer);
}

/** Sets which view of a lent buffer may return it: the first. An older view of the same memory may not. */
export function claimLarge(view: ArrayBufferView): void {
  if (view.byteLength >= LENT_FROM_BYTES && lent.delete(view.buffer)) claims.add(view);
}

/** Whether {@link returnLarge} would take it back. */
export function isLent(view: ArrayBufferView): boolean {
  return view.byteLength >= LENT_FROM_BYTES && claims.has(view);
}

/** Takes back what was lent; anything else is not touched. */
export function returnLarge(view: ArrayBufferView): void {
  if (!claims.delete(view)) return;
  const { buffer } = view;
  if (buffer.byteLength > 0) giveLarge(new Uint8Array(buffer)); // otherwise it was transferred
}

/** Frees space in the pool: lengths that are no longer used first, the given length last. */
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
