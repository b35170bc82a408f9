import type { Parts } from '../basics/Parts.js';
import { copyToPage } from './pages.js';
import { COPIED_BELOW_BYTES } from './copiedBelow.js';

/** A copy of a message, for one that has to wait. */
export function copyParts(parts: Parts): Parts {
  return parts.map((part) => (isLarge(part) ? new Uint8Array(part) : copyToPage(part, 0, part.length)));
}

/** The same message with its large parts copied, as a driver may keep references to those. */
export function copyLarge(parts: Parts): Parts {
  return parts.some(isLarge) ? parts.map((part) => (isLarge(part) ? new Uint8Array(part) : part)) : parts;
}

function isLarge(part: Uint8Array): boolean {
  return part.length >= COPIED_BELOW_BYTES;
}
