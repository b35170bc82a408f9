/** More arguments than this in one call could overflow the stack. */
const CHUNK = 8192;

/** Bytes as a text with one character each: needs far less memory than a separate array, and can be the key of a map. */
export function byteText(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return fromBytes(bytes);
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) text += fromBytes(bytes.subarray(start, start + CHUNK));
  return text;
}

function fromBytes(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
