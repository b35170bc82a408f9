import type { Parts } from '../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';

/** zeromq.js copies parts up to this length itself, and references longer ones until they are sent. */
const COPIED_BY_ZEROMQ_BYTES = 128;
/** Copies share pages: one buffer for each copy takes three times as long. */
const PAGE_BYTES = 32_768;

let page = new Uint8Array(0);
let used = 0;

/** The same message, with copies of those parts that zeromq.js would reference, except the large ones. */
export function copySmall(parts: Parts): Parts {
  return parts.some(isToBeCopied) ? parts.map((part) => (isToBeCopied(part) ? copy(part) : part)) : parts;
}

function isToBeCopied({ length }: Uint8Array): boolean {
  return length > COPIED_BY_ZEROMQ_BYTES && length < COPIED_BELOW_BYTES;
}

function copy(part: Uint8Array): Uint8Array {
  if (used + part.length > PAGE_BYTES || page.length === 0) {
    page = new Uint8Array(PAGE_BYTES);
    used = 0;
  }
  const place = page.subarray(used, used + part.length);
  place.set(part);
  used += part.length;
  return place;
}
