import { describe, expect, it } from 'vitest';
import { copyLarge, copyParts } from '../../src/memory/copyParts.js';
import { COPIED_BELOW_BYTES } from '../../src/memory/copiedBelow.js';

const small = () => new Uint8Array(COPIED_BELOW_BYTES - 1).fill(1);
const large = () => new Uint8Array(COPIED_BELOW_BYTES).fill(2);
/** Whether the memory of each part is another. */
const copied = (before: Uint8Array[], after: Uint8Array[]) => after.map((part, i) => part.buffer !== before[i]!.buffer);

describe.each([
  ['copyLarge', copyLarge, [false, true, false, true]],
  ['copyParts', copyParts, [true, true, true, true]],
])('%s', (_, copy, expected) => {
  it('copies those and leaves the others', () => {
    const parts = [small(), large(), new Uint8Array(), large()];
    const after = copy(parts);
    expect(copied(parts, after)).toEqual(expected);
    expect(after).toEqual(parts);
  });

  it('copies a view by itself, not all of its buffer', () => {
    const page = new Uint8Array(100_000).fill(7);
    const after = copy([page.subarray(20, 20 + COPIED_BELOW_BYTES)]);
    expect(after[0]!.buffer.byteLength).toBe(COPIED_BELOW_BYTES);
    page.fill(0);
    expect(after[0]!.every((byte) => byte === 7)).toBe(true);
  });

  it('makes plain Uint8Arrays of Buffers, whose slices would be no copies', () => {
    const after = copy([Buffer.alloc(COPIED_BELOW_BYTES)]);
    expect(after[0]!.constructor).toBe(Uint8Array);
  });

  it('takes an empty message', () => expect(copy([])).toEqual([]));
});

it('copyLarge gives back the very message where there is nothing to copy', () => {
  const parts = [small(), small()];
  expect(copyLarge(parts)).toBe(parts);
});
