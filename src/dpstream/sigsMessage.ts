import { copyToPage } from '../memory/pages.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { lendLarge, takeLarge } from '../memory/largeBuffers.js';

/** The length of a SIGS header, in bytes; over NATS the payload follows it in the same message. */
export const SIGS_HEADER_BYTES = 96;

/** A copy of the bytes from `from` on, in its own memory. */
export function ownCopy(message: Uint8Array, from: number): Uint8Array {
  const length = message.length - from;
  if (length < COPIED_BELOW_BYTES) return copyToPage(message, from, length);
  const copy = takeLarge(length);
  copy.set(message.subarray(from));
  lendLarge(copy);
  return copy;
}
