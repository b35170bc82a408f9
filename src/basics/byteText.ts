/** More arguments than this at once could be too many for the stack. */
const CHUNK = 8192;

/** The bytes as a text of one character each: many times smaller in memory than an array of their own, and a key of maps. */
export function byteText(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return fromBytes(bytes);
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK) text += fromBytes(bytes.subarray(start, start + CHUNK));
  return text;
}

function fromBytes(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
