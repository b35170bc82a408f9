/** The reason that stands in an ERROR, with its length before it; `undefined`: not all of it is there. What follows is ignored. */
export function errorReason(body: Uint8Array, at: number): Uint8Array | undefined {
  const end = at + 1 + (body[at] ?? 0);
  return end <= body.length ? body.subarray(at + 1, end) : undefined;
}
