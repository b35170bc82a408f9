import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { cf128ToFloat64 } from '../../src/samples/cf128ToFloat64.js';
import { thrownBy } from '../frame/arbitraries.js';
import { bytesOfFloat80, type Float80, nearestDoubleBits } from './float80.js';

const rounded = (value: Float80, padding = 0) => {
  const values = cf128ToFloat64(bytesOfFloat80(value, padding));
  return new DataView(values.buffer).getBigUint64(0, true);
};
const same = (value: Float80) => {
  expect(rounded(value), `${value.mantissa}, ${value.signExponent}`).toBe(nearestDoubleBits(value));
};

const sign = fc.constantFrom(0, 0x8000);
const mantissa = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const normal = mantissa.map((bits) => bits | (2n ** 63n));
// a few bits set: ties, powers of two, all ones
const sparse = fc
  .tuple(fc.bigInt(0n, 63n), fc.bigInt(0n, 63n), fc.boolean())
  .map(([a, b, ones]) => (ones ? 2n ** 64n - (1n << a) : (2n ** 63n) | (1n << a) | (1n << b)));

describe('rounds as the slow model', () => {
  const cases: [string, fc.Arbitrary<Float80>][] = [
    ['anything', fc.record({ mantissa, signExponent: fc.nat(0xffff) })],
    ['what doubles hold', inRange(16383 - 1022, 16383 + 1023, normal)],
    ['ties', inRange(16383 - 1080, 16383 + 1024, sparse)],
    ['around the subnormals', inRange(16383 - 1080, 16383 - 1018, fc.oneof(normal, sparse))],
    ['around overflow', inRange(16383 + 1020, 16383 + 1026, fc.oneof(normal, sparse))],
    ['extended subnormals and pseudo-denormals', inRange(0, 1, mantissa)],
    [
      'unnormals',
      inRange(
        1,
        0x7ffe,
        mantissa.map((bits) => bits & (2n ** 63n - 1n)),
      ),
    ],
    ['infinities and NaN', inRange(0x7fff, 0x7fff, fc.oneof(mantissa, normal, sparse, fc.constant(2n ** 63n)))],
  ];
  it.each(cases)('%s', (_, values) => fc.assert(fc.property(values, same), { numRuns: 2000 }));

  function inRange(min: number, max: number, bits: fc.Arbitrary<bigint>): fc.Arbitrary<Float80> {
    return fc
      .tuple(fc.integer({ min, max }), sign, bits)
      .map(([exponent, s, m]) => ({ mantissa: m, signExponent: s | exponent }));
  }
});

const at = (value: Float80) => cf128ToFloat64(bytesOfFloat80(value))[0];
const one = 2n ** 63n;

it.each<[name: string, mantissa: bigint, signExponent: number, expected: number]>([
  ['one', one, 16383, 1],
  ['minus two', one, 0x8000 | 16384, -2],
  ['zero', 0n, 0, 0],
  ['minus zero', 0n, 0x8000, -0],
  ['infinity', one, 0x7fff, Infinity],
  ['minus infinity', one, 0xffff, -Infinity],
  ['half above one: even below', one | 0x400n, 16383, 1],
  ['half above the next: even above', one | 0xc00n, 16383, 1 + 2 ** -51],
  ['a little more than half', one | 0x401n, 16383, 1 + 2 ** -52],
  ['a little less than half', one | 0x3ffn, 16383, 1],
  ['all ones carry to the next power', 2n ** 64n - 1n, 16383, 2],
  ['the highest double', 0xfffffffffffff800n, 16383 + 1023, Number.MAX_VALUE],
  ['a tie above the highest: infinity', 0xfffffffffffffc00n, 16383 + 1023, Infinity],
  ['less than a tie above the highest', 0xfffffffffffffbffn, 16383 + 1023, Number.MAX_VALUE],
  ['2^1024', one, 16383 + 1024, Infinity],
  ['the least double', one, 16383 - 1074, Number.MIN_VALUE],
  ['half the least: even, zero', one, 16383 - 1075, 0],
  ['more than half the least', one | 1n, 16383 - 1075, Number.MIN_VALUE],
  ['minus half the least: minus zero', one, 0x8000 | (16383 - 1075), -0],
  ['a quarter of the least', 2n ** 64n - 1n, 16383 - 1076, 0],
  ['one and a half times the least: even, two', one | (one >> 1n), 16383 - 1074, 2 * Number.MIN_VALUE],
  ['the least normal double', one, 16383 - 1022, 2 ** -1022],
  ['a subnormal that rounds up to it', 2n ** 64n - 1n, 16383 - 1023, 2 ** -1022],
  ['the least extended number', 1n, 0, 0],
  ['minus a pseudo-denormal', one, 0x8000, -0],
  ['a quiet NaN', 0xc000000000000000n, 0x7fff, NaN],
  ['an unnormal', 0x4000000000000000n, 16383, NaN],
  ['an unnormal zero', 0n, 16383, NaN],
  ['a pseudo-infinity', 0n, 0x7fff, NaN],
  ['a pseudo-NaN', 1n, 0x7fff, NaN],
])('%s', (_, bits, signExponent, expected) => {
  expect(at({ mantissa: bits, signExponent })).toBe(expected);
});

it('keeps the payload of a NaN and makes it quiet', () => {
  expect(rounded({ mantissa: 0xa000000000001000n, signExponent: 0xffff })).toBe(0xfffc000000000002n);
  // the payload is in the bits that a double has no room for
  expect(rounded({ mantissa: 0x8000000000000001n, signExponent: 0x7fff })).toBe(0x7ff8000000000000n);
});

it('does not look at the padding', () => {
  expect(rounded({ mantissa: one, signExponent: 16383 }, 0xff)).toBe(0x3ff0000000000000n);
});

it('takes bytes at any offset, of Buffers and shared memory too', () => {
  const sent = bytesOfFloat80({ mantissa: one, signExponent: 16384 });
  for (let offset = 0; offset < 17; offset++) {
    const memory = new Uint8Array(offset + 32);
    memory.set(sent, offset);
    memory.set(sent, offset + 16);
    expect(cf128ToFloat64(memory.subarray(offset))).toEqual(new Float64Array([2, 2]));
    expect(cf128ToFloat64(Buffer.from(memory.buffer, offset))).toEqual(new Float64Array([2, 2]));
  }
  const shared = new Uint8Array(new SharedArrayBuffer(16));
  shared.set(sent);
  expect(cf128ToFloat64(shared)).toEqual(new Float64Array([2]));
});

it('gives nothing of nothing', () => {
  expect(cf128ToFloat64(new Uint8Array(0))).toEqual(new Float64Array(0));
});

it.each([8, 15, 17, 33])('refuses %i bytes', (length) => {
  const error = thrownBy(() => cf128ToFloat64(new Uint8Array(length)));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
  expect(error.message).toContain(`${length} bytes`);
  expect(error.message).toContain('32');
});

it.each([
  [[1]],
  [new Float64Array(2)],
  [new ArrayBuffer(16)],
  [new DataView(new ArrayBuffer(16))],
  [undefined],
  [null],
])('refuses %o', (value) => {
  expect(thrownBy(() => cf128ToFloat64(value as unknown as Uint8Array))).toMatchObject({
    code: 'ERR_FRAME',
    fault: 'value',
    message: expect.stringContaining('bytes must be a Uint8Array, not '),
  });
});
