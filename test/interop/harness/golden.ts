import { readFileSync } from 'node:fs';

/** A message that doppler's C library put on the wire, byte for byte. `k` is its sequence number. */
export function golden(type: string, k: 0 | 1): [header: Buffer, payload: Buffer] {
  const read = (part: string) => readFileSync(new URL(`../../fixtures/sigs/${type}-${k}.${part}.bin`, import.meta.url));
  return [read('header'), read('payload')];
}
