import type { Parts } from '../basics/Parts.js';
import type { Codec } from '../codecs/Codec.js';
import { isSigs } from './sigsReading.js';
import { explained } from './explained.js';

/**
 * Decodes a message with a codec, which may be a user's: it gets plain `Uint8Array`s even if the driver delivers Buffers, whose `slice`
 * does not copy.
 *
 * @throws the exception of the codec
 */
export function decode<T>(codec: Codec<T, never, unknown>, parts: Parts): T {
  const isFrames = isSigs(codec);
  try {
    // an array of its own: `onInvalid` must get the message unchanged, even if the codec changes its array
    return codec.decode(isFrames ? parts : parts.every(isPlain) ? parts.slice() : parts.map(plain));
  } catch (error) {
    throw explained(error, parts, isFrames);
  }
}

function isPlain(part: Uint8Array): boolean {
  return part.constructor === Uint8Array;
}

function plain(part: Uint8Array): Uint8Array {
  return isPlain(part) ? part : new Uint8Array(part.buffer, part.byteOffset, part.length);
}
