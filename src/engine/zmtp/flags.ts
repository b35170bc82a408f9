/** Bits of a frame's first byte. The others are ignored. */
export const MORE = 0x01;
export const LONG = 0x02;
export const COMMAND = 0x04;
/** The longest body of a short frame. */
export const MAX_SHORT_BYTES = 255;
