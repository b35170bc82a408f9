import { utf8Of, utf8Text } from '../basics/utf8.js';
import { CodecError } from '../errors.js';
import { describe } from '../basics/describe.js';

/**
 * Converts a text to UTF-8 bytes.
 *
 * @throws CodecError if it is not a string, or has half of a surrogate pair, which UTF-8 cannot represent.
 */
export function encodeUtf8(what: string, text: unknown): Uint8Array {
  if (typeof text !== 'string') throw new CodecError(`${what} must be a string, not ${describe(text)}`);
  const lone = text.search(/\p{Surrogate}/u);
  if (lone >= 0)
    throw new CodecError(`${what} has half a surrogate pair at index ${lone}, which UTF-8 cannot represent`);
  return utf8Of(text);
}

/**
 * Converts UTF-8 bytes to text.
 *
 * @throws CodecError if the bytes are not valid UTF-8.
 */
export function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    return utf8Text(bytes);
  } catch (cause) {
    throw new CodecError(`${what} is not valid UTF-8: ${hexOf(bytes)}`, { cause });
  }
}

function hexOf(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 16 ? `${shown} ... (${bytes.length} bytes)` : shown;
}
