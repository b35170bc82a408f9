import type { Parts } from '../basics/Parts.js';
import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';
import { withLook } from './withLook.js';

/**
 * Decodes a message with a codec, which may be a user's: it gets plain `Uint8Array`s even if the driver delivers Buffers, whose `slice`
 * does not copy.
 *
 * @throws the exception of the codec
 */
export function decode<T>(codec: Codec<T, never, unknown>, parts: Parts): T {
  const isFrames = (codec as unknown) === sigs;
  try {
    return codec.decode(isFrames ? parts : parts.map(plain));
  } catch (error) {
    throw withLook(error, parts, isFrames);
  }
}

function plain(part: Uint8Array): Uint8Array {
  return part.constructor === Uint8Array ? part : new Uint8Array(part.buffer, part.byteOffset, part.length);
}
