import { joined } from '../../basics/bytes.js';
import { ascii } from './ascii.js';

/** The length of the count in a nonce that counts boxes. */
export const SHORT_NONCE_BYTES = 8;
/** The length of the random bytes in a nonce that does not count. */
export const LONG_NONCE_BYTES = 16;

/** A nonce of XSalsa20: its use, in 8 or 16 characters, and the bytes that make it differ from others of that use. */
export function nonceOf(use: string, rest: Uint8Array): Uint8Array {
  return joined(ascii(use), rest);
}

/** Writes a count as on the wire: 64 bits. */
export function writeCount(target: Uint8Array, at: number, count: number): void {
  const high = Math.floor(count / 0x100000000);
  target[at] = high >>> 24;
  target[at + 1] = high >>> 16;
  target[at + 2] = high >>> 8;
  target[at + 3] = high;
  target[at + 4] = count >>> 24;
  target[at + 5] = count >>> 16;
  target[at + 6] = count >>> 8;
  target[at + 7] = count;
}

/** A count of 64 bits in its own memory. */
export function shortNonce(count: number): Uint8Array {
  const bytes = new Uint8Array(SHORT_NONCE_BYTES);
  writeCount(bytes, 0, count);
  return bytes;
}

/** The counts of a peer: each must be above the one before. All 64 bits are compared, which do not fit in a number. */
export class PeerCounts {
  #high = 0;
  #low = 0;

  /** Whether the count at that place is above the last one taken, or is the first. */
  isNext(bytes: Uint8Array, at: number): boolean {
    const high = word(bytes, at);
    return high === this.#high ? word(bytes, at + 4) > this.#low : high > this.#high;
  }

  take(bytes: Uint8Array, at: number): void {
    this.#high = word(bytes, at);
    this.#low = word(bytes, at + 4);
  }
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}
