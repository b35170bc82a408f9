/** Parts shorter than this share their memory with others, larger ones have their own. */
export const COPIED_BELOW_BYTES = 4096;
