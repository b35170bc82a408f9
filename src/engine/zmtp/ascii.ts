const encoder = new TextEncoder();

/** The bytes of a text of ASCII, such as the protocol's own words. */
export function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}

/** One character for each byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
