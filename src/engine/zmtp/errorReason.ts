/** The reason in an ERROR, which its length precedes; `undefined`: it is cut off. Bytes behind it are ignored. */
export function errorReason(body: Uint8Array, at: number): Uint8Array | undefined {
  const end = at + 1 + (body[at] ?? 0);
  return end <= body.length ? body.subarray(at + 1, end) : undefined;
}
