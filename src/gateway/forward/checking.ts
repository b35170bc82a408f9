import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { raw } from '../../codecs/raw.js';

/** Returns a codec that passes on messages unchanged if another codec can decode them; others are invalid. */
export function checking(codec: Codec<unknown, never, unknown>): Codec<Parts> {
  return {
    encode: (parts) => raw.encode(parts),
    decode(parts) {
      codec.decode(parts.slice()); // the codec may change the array
      return parts;
    },
    ...(codec.open && { open: (peer) => checking(codec.open!(peer)) }),
  };
}
