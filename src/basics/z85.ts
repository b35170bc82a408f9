const CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
const digits = new Map(Array.from(CHARACTERS, (character, digit) => [character, digit]));

/**
 * Encodes bytes as Z85 (ZeroMQ RFC 32), the usual form of CURVE keys: 32 bytes are 40 characters.
 *
 * @throws RangeError if their number is not a multiple of 4
 */
export function encodeZ85(bytes: Uint8Array): string {
  if (bytes.length % 4 !== 0) throw new RangeError(`Z85 takes bytes by fours, not ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const value = view.getUint32(at);
    for (let power = 85 ** 4; power >= 1; power /= 85) text += CHARACTERS[Math.floor(value / power) % 85]!;
  }
  return text;
}

/** Decodes a text of Z85; `undefined` if its length, a character, or a group above 2^32 - 1 is invalid. */
export function decodeZ85(text: string): Uint8Array | undefined {
  if (text.length % 5 !== 0) return undefined;
  const bytes = new Uint8Array((text.length / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let group = 0; group < text.length / 5; group += 1) {
    let value = 0;
    for (let at = group * 5; at < group * 5 + 5; at += 1) {
      const digit = digits.get(text[at]!);
      if (digit === undefined) return undefined;
      value = value * 85 + digit;
    }
    if (value > 0xffffffff) return undefined;
    view.setUint32(group * 4, value);
  }
  return bytes;
}
