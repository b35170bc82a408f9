// jsdom has neither class, and jest's environments leave out what jsdom does not have.
const encoder = typeof TextEncoder === 'function' ? new TextEncoder() : undefined;
// ignoreBOM keeps a leading U+FEFF in the text, so that it encodes to the same bytes again
const decoder =
  typeof TextDecoder === 'function' ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) : undefined;

/** The UTF-8 bytes of a text. Half of a surrogate pair becomes U+FFFD, as UTF-8 cannot represent it. */
export function utf8Of(text: string): Uint8Array<ArrayBuffer> {
  return encoder ? encoder.encode(text) : escapedBytes(text);
}

/**
 * The text of UTF-8 bytes.
 *
 * @throws an Error if the bytes are not valid UTF-8
 */
export function utf8Text(bytes: Uint8Array): string {
  return decoder ? decoder.decode(bytes) : unescapedText(bytes);
}

/** The same as {@link utf8Of}, without a `TextEncoder`. */
export function escapedBytes(text: string): Uint8Array<ArrayBuffer> {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
  const bytes = escaped.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

/** The same as {@link utf8Text}, without a `TextDecoder`. */
export function unescapedText(bytes: Uint8Array): string {
  return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}
