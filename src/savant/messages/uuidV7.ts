/** How many random bytes are requested at a time: each call takes as long as a whole UUID. */
const POOL_BYTES = 2000;
const RANDOM_BYTES = 10;

const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

const hex = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID of version 7: the UNIX time in ms, then random bits, so that later ones sort later. */
export function uuidV7(wallNs: bigint): string {
  if (used === POOL_BYTES) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const start = used;
  used += RANDOM_BYTES;
  const time = (wallNs / 1_000_000n).toString(16).padStart(12, '0');
  const at = (index: number): string => hex[pool[start + index]!]!;
  const version = hex[0x70 | (pool[start]! & 0x0f)]!;
  const variant = hex[0x80 | (pool[start + 2]! & 0x3f)]!;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-${version}${at(1)}-${variant}${at(3)}-` +
    at(4) +
    at(5) +
    at(6) +
    at(7) +
    at(8) +
    at(9)
  );
}
