import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OptionError } from '../../src/errors.js';
import { encodeFrame } from '../../src/frame/encodeFrame.js';
import { frame } from '../../src/frame/frame.js';
import { streamPrefix } from '../../src/frame/header.js';
import { thrownBy, uint32 } from './arbitraries.js';
import { golden } from './golden.js';

it('gives the first 16 bytes of what a peer sends', () => {
  for (const { header } of golden) expect(streamPrefix(0)).toEqual(header.slice(0, 16));
});

it('gives the first 16 bytes of every header of that stream', () => {
  fc.assert(
    fc.property(uint32, uint32, (streamId, flags) => {
      const [header] = encodeFrame(frame(new Int8Array(2), { streamId, flags }));
      expect(header.slice(0, 16)).toEqual(streamPrefix(streamId));
    }),
  );
});

it('gives a new array of its own each time', () => {
  const first = streamPrefix(1);
  expect(first.buffer.byteLength).toBe(16);
  first.fill(0);
  expect(streamPrefix(1)[12]).toBe(1);
});

it.each([-1, 1.5, 2 ** 32, NaN, '1', 1n, Symbol('s'), undefined, null])('refuses %s', (value) => {
  const error = thrownBy(() => streamPrefix(value as number));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ code: 'ERR_OPTION', option: 'streamId', value });
  expect(error.message).toContain('streamId must be an integer from 0 to 4294967295, not ');
});
