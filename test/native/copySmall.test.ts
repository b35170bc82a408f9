import { describe, expect, it } from 'vitest';
import { copyLarge } from '../../src/memory/copyParts.js';
import { COPIED_BELOW_BYTES } from '../../src/memory/copiedBelow.js';
import { copySmall } from '../../src/native/copySmall.js';

const tiny = () => new Uint8Array(128).fill(1);
const small = () => new Uint8Array(COPIED_BELOW_BYTES - 1).fill(2);
const large = () => new Uint8Array(COPIED_BELOW_BYTES).fill(3);
/** Whether the memory of each part is another. */
const copied = (before: Uint8Array[], after: Uint8Array[]) => after.map((part, i) => part.buffer !== before[i]!.buffer);

describe('copySmall', () => {
  it('copies what zeromq.js would refer to and is small', () => {
    const parts = [tiny(), small(), large(), new Uint8Array(129), new Uint8Array()];
    const after = copySmall(parts);
    expect(copied(parts, after)).toEqual([false, true, false, true, false]);
    expect(after).toEqual(parts);
  });

  it('puts many copies on one page, each where no other is', () => {
    const parts = Array.from({ length: 100 }, (_, i) => new Uint8Array(200 + i).fill(i));
    const after = parts.flatMap((part) => copySmall([part]));
    expect(after).toEqual(parts);
    expect(new Set(after.map(({ buffer }) => buffer)).size).toBeLessThan(4);
  });

  it('gives back the very message where there is nothing to copy', () => {
    const parts = [tiny(), large()];
    expect(copySmall(parts)).toBe(parts);
  });

  it('leaves nothing that zeromq.js refers to, together with copyLarge', () => {
    const parts = [small(), large()];
    expect(copied(parts, copySmall(copyLarge(parts)))).toEqual([true, true]);
  });
});
