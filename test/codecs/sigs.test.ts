import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sigs } from '../../src/codecs/sigs.js';
import { createStamp } from '../../src/frame/createStamp.js';
import { frame } from '../../src/frame/frame.js';
import type { FrameInput } from '../../src/frame/types.js';
import { bytesOf, frames, thrownBy } from '../frame/arbitraries.js';
import { golden } from '../frame/golden.js';

it('has no topic first', () => expect(sigs.topicFirst).toBe(false));

it.each(golden)('gives the bytes of golden $sampleType $sequence both ways', ({ header, payload }) => {
  expect(sigs.encode(sigs.decode([header, payload])).map(bytesOf)).toEqual([header, payload].map(bytesOf));
});

it('gives every frame back', () => {
  fc.assert(
    fc.property(frames, (value) => {
      expect(sigs.decode(sigs.encode(value))).toEqual(value);
    }),
  );
});

it.each([
  [new Int8Array([1, 2]), 'ci8'],
  [new Int16Array([1, 2]), 'ci16'],
  [new Int32Array([1, 2]), 'ci32'],
  [new Float32Array([1, 2]), 'cf32'],
  [new Float64Array([1, 2]), 'cf64'],
])('completes a bare %s', (samples, sampleType) => {
  expect(sigs.decode(sigs.encode(samples))).toMatchObject({ sampleType, samples, numSamples: 1, sequence: 0 });
});

it('prepares by the stamp', () => {
  const stamp = createStamp({}, () => 5n);
  expect(sigs.prepare!(new Int8Array(2), stamp)).toMatchObject({ sequence: 0, timestampNs: 5n });
  expect(sigs.prepare!(frame(new Int8Array(2), { timestampNs: 9n }), stamp)).toMatchObject({
    sequence: 1,
    timestampNs: 9n,
  });
});

it.each([
  [new Uint8Array(32), 'sampleType'],
  [new Float32Array(3), 'length'],
  [new Float32Array(0), 'length'],
  [new Float32Array(new SharedArrayBuffer(8)), 'value'],
  [[1, 2], 'value'],
  [undefined, 'value'],
  [{ ...frame(new Int8Array(2)), flags: -1 }, 'value'],
])('refuses to encode %o', (value, fault) => {
  expect(thrownBy(() => sigs.encode(value as FrameInput))).toMatchObject({ code: 'ERR_FRAME', fault });
});

it('refuses to decode what is no frame', () => {
  expect(thrownBy(() => sigs.decode([new Uint8Array(96)]))).toMatchObject({ code: 'ERR_FRAME', fault: 'parts' });
});
