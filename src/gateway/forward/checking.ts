import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { raw } from '../../codecs/raw.js';

/** A codec that passes messages on as they are, those that another one reads: what that one refuses is invalid. */
export function checking(codec: Codec<unknown, never, unknown>): Codec<Parts> {
  return {
    encode: (parts) => raw.encode(parts),
    decode(parts) {
      codec.decode(parts.slice()); // it may take the array apart
      return parts;
    },
    ...(codec.open && { open: (peer) => checking(codec.open!(peer)) }),
  };
}
