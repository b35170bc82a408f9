/** The longest run of bytes that is turned into text by one call. */
const RUN_BYTES = 4096;

/** Bytes as a key of a Map: one character each, whatever they mean. */
export function keyOf(bytes: Uint8Array): string {
  if (bytes.length <= RUN_BYTES) return textOf(bytes);
  let key = '';
  for (let at = 0; at < bytes.length; at += RUN_BYTES) key += textOf(bytes.subarray(at, at + RUN_BYTES));
  return key;
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
