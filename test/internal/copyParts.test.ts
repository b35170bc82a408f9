import { describe, expect, it } from 'vitest';
import { copyLarge, copySmall } from '../../src/internal/copyParts.js';
import { COPIED_BELOW_BYTES } from '../../src/internal/Socket.js';

const small = () => new Uint8Array(COPIED_BELOW_BYTES - 1).fill(1);
const large = () => new Uint8Array(COPIED_BELOW_BYTES).fill(2);
/** Whether the memory of each part is another. */
const copied = (before: Uint8Array[], after: Uint8Array[]) => after.map((part, i) => part.buffer !== before[i]!.buffer);

describe.each([
  ['copyLarge', copyLarge, [false, true, false, true]],
  ['copySmall', copySmall, [true, false, true, false]],
])('%s', (_, copy, expected) => {
  it('copies those and leaves the others', () => {
    const parts = [small(), large(), new Uint8Array(), large()];
    const after = copy(parts);
    expect(copied(parts, after)).toEqual(expected);
    expect(after).toEqual(parts);
  });

  it('copies a view by itself, not all of its buffer', () => {
    const page = new Uint8Array(100_000).fill(7);
    const after = copy([page.subarray(10, 20), page.subarray(20, 20 + COPIED_BELOW_BYTES)]);
    const own = after.filter((part) => part.buffer !== page.buffer);
    expect(own).toHaveLength(1);
    expect(own[0]!.buffer.byteLength).toBe(own[0]!.length);
    page.fill(0);
    expect(own[0]!.every((byte) => byte === 7)).toBe(true);
  });

  it('makes plain Uint8Arrays of Buffers, which would share a pool', () => {
    const after = copy([Buffer.from('a'), Buffer.alloc(COPIED_BELOW_BYTES)]);
    expect(after.filter((part) => !Buffer.isBuffer(part))).toHaveLength(1);
  });

  it('takes an empty message', () => expect(copy([])).toEqual([]));
});

it('together they copy all', () => {
  const parts = [small(), large()];
  expect(copied(parts, copySmall(copyLarge(parts)))).toEqual([true, true]);
});

it('copyLarge gives back the very message where there is nothing to copy', () => {
  const parts = [small(), small()];
  expect(copyLarge(parts)).toBe(parts);
});
