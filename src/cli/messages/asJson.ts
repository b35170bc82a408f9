/** A value as one line of JSON: a bigint as text, bytes in base64, other arrays of numbers as arrays. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one === 'bigint') return String(one);
    if (one instanceof Uint8Array) return Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString('base64');
    if (Buffer.isBuffer(one)) return one.toString('base64');
    if (ArrayBuffer.isView(one) && !(one instanceof DataView)) return Array.from(one as unknown as ArrayLike<unknown>);
    if (one instanceof Map) return Object.fromEntries(one) as unknown;
    return one;
  });
}
