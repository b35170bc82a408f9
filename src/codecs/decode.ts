import type { Parts } from '../basics/Parts.js';
import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';

/**
 * Decodes a message with a codec that may be the user's own: it gets plain `Uint8Array`s, also where the driver has
 * Node's Buffers, whose `slice` is no copy.
 *
 * @throws what the codec throws
 */
export function decode<T>(codec: Codec<T, never, unknown>, parts: Parts): T {
  return codec.decode((codec as unknown) === sigs ? parts : parts.map(plain));
}

function plain(part: Uint8Array): Uint8Array {
  return part.constructor === Uint8Array ? part : new Uint8Array(part.buffer, part.byteOffset, part.length);
}
