/** UNIX time in ns as text, with all of its digits; `undefined`: there is none. */
export function isoTime(timestampNs: bigint): string | undefined {
  const ms = timestampNs / 1_000_000n;
  if (timestampNs <= 0n || ms > 8_640_000_000_000_000n) return undefined; // what a Date can hold
  const whole = new Date(Number(ms)).toISOString().slice(0, 19);
  return `${whole}.${String(timestampNs % 1_000_000_000n).padStart(9, '0')}Z`;
}
