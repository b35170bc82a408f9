/**
 * The buffer for connections that can read in place. All share it: each consumes or copies its data before the next read.
 */
export const readSlab = new Uint8Array(65_536);
