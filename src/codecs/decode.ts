import type { Parts } from '../basics/Parts.js';
import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';

/**
 * Decodes a message with a codec, which may be a user's: it gets plain `Uint8Array`s even if the driver delivers Buffers, whose `slice`
 * does not copy.
 *
 * @throws the exception of the codec
 */
export function decode<T>(codec: Codec<T, never, unknown>, parts: Parts): T {
  return codec.decode((codec as unknown) === sigs ? parts : parts.map(plain));
}

function plain(part: Uint8Array): Uint8Array {
  return part.constructor === Uint8Array ? part : new Uint8Array(part.buffer, part.byteOffset, part.length);
}
