/**
 * Inverts the highest bit of each byte, in place: unsigned bytes with zero at 128 become signed bytes, and the reverse.
 *
 * @returns the same memory, as signed bytes
 */
export function flipSigns(bytes: Uint8Array): Int8Array {
  const { buffer, byteOffset, byteLength } = bytes as Uint8Array<ArrayBuffer>;
  const numWords = byteOffset % 4 === 0 ? byteLength >>> 2 : 0;
  const words = numWords === 0 ? new Int32Array(0) : new Int32Array(buffer, byteOffset, numWords);
  for (let i = 0; i < numWords; i += 1) words[i]! ^= 0x80808080; // four at a time
  for (let i = numWords * 4; i < byteLength; i += 1) bytes[i]! ^= 0x80;
  return new Int8Array(buffer, byteOffset, byteLength);
}
