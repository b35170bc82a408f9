const SHOWN_BYTES = 32;

/** Bytes of a peer as text for an error: at most `most` bytes, and no characters that a terminal would interpret. */
export function quote(bytes: Uint8Array, most = SHOWN_BYTES): string {
  if (bytes.length === 0) return 'nothing';
  const shown = Array.from(bytes.subarray(0, most));
  const isText = shown.filter(isPrintable).length * 2 >= shown.length;
  const text = isText ? `'${shown.map(characterOf).join('')}'` : shown.map(hexOf).join(' ');
  return bytes.length > shown.length ? `${text}...` : text;
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== 0x5c;
}

function characterOf(byte: number): string {
  if (isPrintable(byte)) return String.fromCharCode(byte);
  if (byte === 0x0d) return '\\r';
  if (byte === 0x0a) return '\\n';
  return `\\x${hexOf(byte)}`;
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
