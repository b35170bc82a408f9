/** Reverses the bytes of each number, in place: big-endian numbers become little-endian. */
export function swapBytes(bytes: Uint8Array, bytesPerNumber: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % bytesPerNumber));
  if (bytesPerNumber === 2) buffer.swap16();
  else if (bytesPerNumber === 4) buffer.swap32();
  else if (bytesPerNumber === 8) buffer.swap64();
}
