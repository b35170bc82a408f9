/**
 * Where connections that can read in place read to. All share it: whoever has read takes out what it needs, or copies it,
 * before anybody reads again.
 */
export const readSlab = new Uint8Array(65_536);
