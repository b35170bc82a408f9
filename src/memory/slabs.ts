/** Small messages to one peer are batched in slabs: a small one for peers with few messages, large ones for the others. */
const SMALL_BYTES = 8192;
/** A batch of 64 KiB, and the excess of its last message. */
const LARGE_BYTES = 65_536 + 8192;
/** The number of free slabs of each size that are kept. */
const MOST_FREE = 256;

const small: Uint8Array[] = [];
const large: Uint8Array[] = [];

/** Memory for parts below 4 KiB, one after the other, with any content. */
export function takeSlab(isLarge: boolean): Uint8Array {
  return isLarge ? (large.pop() ?? new Uint8Array(LARGE_BYTES)) : (small.pop() ?? new Uint8Array(SMALL_BYTES));
}

/** Returns a slab that is no longer referenced. */
export function giveSlab(slab: Uint8Array): void {
  const same = slab.length === LARGE_BYTES ? large : small;
  if (same.length < MOST_FREE) same.push(slab);
}
