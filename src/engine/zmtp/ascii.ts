import { utf8Of } from '../../basics/utf8.js';

/** The bytes of an ASCII text, such as a word of the protocol. */
export function ascii(text: string): Uint8Array {
  return utf8Of(text);
}

/** A text with one character for each byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
