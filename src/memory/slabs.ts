/** Small messages to one peer are put together in slabs: a small one for those that have few, large ones for the others. */
const SMALL_BYTES = 8192;
/** A batch of 64 KiB and what goes over that. */
const LARGE_BYTES = 65_536 + 8192;
/** So many free ones of each size are kept. */
const MOST_FREE = 256;

const small: Uint8Array[] = [];
const large: Uint8Array[] = [];

/** A place for parts below 4 KiB to stand one after the other, with anything in it. */
export function takeSlab(isLarge: boolean): Uint8Array {
  return isLarge ? (large.pop() ?? new Uint8Array(LARGE_BYTES)) : (small.pop() ?? new Uint8Array(SMALL_BYTES));
}

/** Gives a slab back that nothing refers to any more. */
export function giveSlab(slab: Uint8Array): void {
  const same = slab.length === LARGE_BYTES ? large : small;
  if (same.length < MOST_FREE) same.push(slab);
}
