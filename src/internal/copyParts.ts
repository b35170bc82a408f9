import type { Parts } from '../codecs/Codec.js';
import { COPIED_BELOW_BYTES } from './Socket.js';

/** The same message with its large parts copied: those are what a socket would keep a reference to. */
export function copyLarge(parts: Parts): Parts {
  return parts.some(isLarge) ? parts.map((part) => (isLarge(part) ? new Uint8Array(part) : part)) : parts;
}

/** The same message with its small parts copied, for one that waits for its socket. */
export function copySmall(parts: Parts): Parts {
  return parts.map((part) => (isLarge(part) ? part : new Uint8Array(part)));
}

function isLarge(part: Uint8Array): boolean {
  return part.length >= COPIED_BELOW_BYTES;
}
