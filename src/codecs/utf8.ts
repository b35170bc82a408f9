import { CodecError } from '../errors.js';
import { describe } from '../basics/describe.js';

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF in the text, so that it encodes to the same bytes again
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Converts a text to UTF-8 bytes.
 *
 * @throws CodecError if it is not a string, or has half of a surrogate pair, which UTF-8 cannot represent.
 */
export function encodeUtf8(what: string, text: unknown): Uint8Array {
  if (typeof text !== 'string') throw new CodecError(`${what} must be a string, not ${describe(text)}`);
  const lone = text.search(/\p{Surrogate}/u);
  if (lone >= 0) throw new CodecError(`${what} has half a surrogate pair at index ${lone}: UTF-8 cannot say it`);
  return encoder.encode(text);
}

/**
 * Converts UTF-8 bytes to text.
 *
 * @throws CodecError if the bytes are not valid UTF-8.
 */
export function decodeUtf8(what: string, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CodecError(`${what} is not valid UTF-8: ${hexOf(bytes)}`, { cause });
  }
}

function hexOf(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 16 ? `${shown} ... (${bytes.length} bytes)` : shown;
}
