import type { Parts } from '../basics/Parts.js';
import { copyToPage } from './pages.js';
import { COPIED_BELOW_BYTES } from './copiedBelow.js';

/** The same message in memory of its own, for one that waits. */
export function copyParts(parts: Parts): Parts {
  return parts.map((part) => (isLarge(part) ? new Uint8Array(part) : copyToPage(part, 0, part.length)));
}

/** The same message with its large parts copied: those are what a driver may keep a reference to. */
export function copyLarge(parts: Parts): Parts {
  return parts.some(isLarge) ? parts.map((part) => (isLarge(part) ? new Uint8Array(part) : part)) : parts;
}

function isLarge(part: Uint8Array): boolean {
  return part.length >= COPIED_BELOW_BYTES;
}
