/** The bytes of a text, one for each character. */
export function toBytes(part: string | Uint8Array): Uint8Array {
  return typeof part === 'string' ? new Uint8Array(Buffer.from(part, 'latin1')) : part;
}

/** The text of bytes, one character for each. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
