/** Parts shorter than this share memory with others; larger ones have separate memory. */
export const COPIED_BELOW_BYTES = 4096;
