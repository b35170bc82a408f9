const encoder = new TextEncoder();

/** The bytes of an ASCII text, such as a word of the protocol. */
export function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A text with one character for each byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
