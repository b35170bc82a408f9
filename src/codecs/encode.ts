import type { Parts } from '../basics/Parts.js';
import type { Codec } from '../codecs/Codec.js';
import { CodecError } from '../errors.js';
import { describe } from '../basics/describe.js';

/**
 * Encodes a value with a codec, which may be a user's.
 *
 * @throws CodecError if it returns no message; the exception of the codec
 */
export function encode(codec: Codec<unknown>, value: unknown): Parts {
  const parts: unknown = codec.encode(value);
  if (Array.isArray(parts) && parts.length > 0 && parts.every(isBytes)) return parts as Parts;
  throw new CodecError(`the codec's encode must return an array of at least one Uint8Array, not ${describe(parts)}`);
}

function isBytes(part: unknown): boolean {
  return ArrayBuffer.isView(part) && (part as Uint8Array)[Symbol.toStringTag] === 'Uint8Array';
}
