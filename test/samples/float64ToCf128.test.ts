import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { cf128ToFloat64 } from '../../src/samples/cf128ToFloat64.js';
import { float64ToCf128 } from '../../src/samples/float64ToCf128.js';
import { bytesOf, thrownBy, uint64 } from '../frame/arbitraries.js';
import { bytesOfFloat80, widened } from './float80.js';
import { golden } from '../frame/golden.js';

const valueOf = (bits: bigint) => new Float64Array(new BigUint64Array([bits]).buffer);
const isNaNBits = (bits: bigint) => (bits & 0x7fffffffffffffffn) > 0x7ff0000000000000n;

describe('is exact', () => {
  const subnormal = fc.bigInt({ min: 1n, max: 2n ** 52n - 1n });
  const cases: [string, fc.Arbitrary<bigint>][] = [
    ['for any double', uint64],
    ['for subnormals', subnormal],
    ['for negative subnormals', subnormal.map((bits) => bits | (1n << 63n))],
    ['for subnormals of one bit', fc.bigInt(0n, 51n).map((bit) => 1n << bit)],
    ['for NaN and infinities', uint64.map((bits) => bits | 0x7ff0000000000000n)],
    ['for zeros and infinities', fc.constantFrom(0n, 1n << 63n, 0x7ff0000000000000n, 0xfff0000000000000n)],
  ];
  it.each(cases)('%s', (_, doubles) => {
    fc.assert(
      fc.property(doubles, (bits) => {
        const bytes = float64ToCf128(valueOf(bits));
        expect(bytesOf(bytes)).toEqual(bytesOf(bytesOfFloat80(widened(bits))));
        const back = new BigUint64Array(cf128ToFloat64(bytes).buffer)[0];
        expect(back).toBe(isNaNBits(bits) ? bits | (1n << 51n) : bits);
      }),
      { numRuns: 1000 },
    );
  });
});

it('writes what the C peer wrote', () => {
  for (const { payload } of golden.filter((g) => g.sampleType === 'cf128')) {
    expect(bytesOf(float64ToCf128(cf128ToFloat64(payload)))).toEqual(bytesOf(payload));
  }
});

it('takes a piece of a buffer', () => {
  const piece = new Float64Array([9, 1, -2, 9]).subarray(1, 3);
  expect(Array.from(cf128ToFloat64(float64ToCf128(piece)))).toEqual([1, -2]);
});

it('gives nothing of nothing', () => {
  expect(float64ToCf128(new Float64Array(0))).toEqual(new Uint8Array(0));
});

it.each([[[1, 2]], [new Float32Array(2)], [new Uint8Array(8)], [5], [undefined], [null]])('refuses %o', (value) => {
  const error = thrownBy(() => float64ToCf128(value as unknown as Float64Array));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
  expect(error.message).toContain('values must be a Float64Array, not ');
});
