import fc from 'fast-check';
import {
  cu8ToFloat32,
  float32ToCu8,
  float32ToHalf,
  float32ToSc16Q11,
  FrameError,
  halfToFloat32,
  sc16Q11ToFloat32,
} from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../frame/arbitraries.js';

describe('cu8', () => {
  it('has its zero at 127.5 and full scale 128', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const floats = cu8ToFloat32(all);
    expect([...floats]).toEqual([...all].map((byte) => (byte - 127.5) / 128));
    expect([floats[0], floats[127], floats[128], floats[255]]).toEqual([-255 / 256, -1 / 256, 1 / 256, 255 / 256]);
    expect(float32ToCu8(floats)).toEqual(all);
    expect(cu8ToFloat32(Buffer.from([0, 255]))).toEqual(new Float32Array([-255 / 256, 255 / 256]));
  });

  it('rounds and saturates', () => {
    const floats = new Float32Array([0, 1, -1, 2, -2, Infinity, -Infinity, NaN]);
    expect([...float32ToCu8(floats)]).toEqual([128, 255, 0, 255, 0, 255, 0, 128]);
  });
});

describe('SC16 Q11', () => {
  it('has full scale 2048', () => {
    const all = Int16Array.from({ length: 4096 }, (_, i) => i - 2048);
    const floats = sc16Q11ToFloat32(all);
    expect([...floats]).toEqual([...all].map((value) => value / 2048));
    expect(float32ToSc16Q11(floats)).toEqual(all);
  });

  it('takes little-endian bytes at any offset', () => {
    const bytes = Uint8Array.of(9, 0x00, 0x04, 0x00, 0xf8, 9);
    expect(sc16Q11ToFloat32(bytes.subarray(1, 5))).toEqual(new Float32Array([0.5, -1]));
    expect(sc16Q11ToFloat32(bytes.slice(1, 5))).toEqual(new Float32Array([0.5, -1]));
    expect(sc16Q11ToFloat32(new Int16Array([7, 1024]).subarray(1))).toEqual(new Float32Array([0.5]));
  });

  it('rounds and saturates', () => {
    const floats = new Float32Array([0.5 / 2048, -0.5 / 2048, 1, -1, 9, -9, NaN]);
    expect([...float32ToSc16Q11(floats)]).toEqual([1, 0, 2047, -2048, 2047, -2048, 0]);
  });
});

/** What 16 bits say, by the book. */
function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

describe('half floats', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, i) => i);

  it('are widened exactly, all of them', () => {
    expect([...halfToFloat32(all)]).toEqual([...all].map(half));
    expect(halfToFloat32(Uint8Array.of(9, 0x00, 0x3c).subarray(1))).toEqual(new Float32Array([1]));
  });

  it('come back the same, but for a quiet NaN', () => {
    const back = float32ToHalf(halfToFloat32(all));
    const isNaNBits = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
    expect([...back]).toEqual([...all].map((bits) => (isNaNBits(bits) ? bits | 0x200 : bits)));
  });

  it('are the nearest, ties to even', () => {
    const finite = [...all].filter((bits) => bits < 0x7c00);
    const near = fc.constantFrom(...finite.slice(0, -1)).chain((bits) => {
      const [below, above] = [half(bits), half(bits + 1)];
      return fc.record({
        bits: fc.constant(bits),
        part: fc.constantFrom(0, 0.25, 0.4999, 0.5, 0.5001, 0.75),
        below: fc.constant(below),
        above: fc.constant(above),
      });
    });
    fc.assert(
      fc.property(near, fc.boolean(), ({ bits, part, below, above }, negative) => {
        const value = Math.fround(below + (above - below) * part);
        const rounded = part < 0.5 || (part === 0.5 && bits % 2 === 0) ? bits : bits + 1;
        expect(float32ToHalf(new Float32Array([negative ? -value : value]))[0]).toBe(rounded | (negative ? 0x8000 : 0));
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[number, number]>([
    [65_504, 0x7bff],
    [65_519, 0x7bff],
    [65_520, 0x7c00],
    [1e30, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [2 ** -25 * 1.01, 1],
    [2 ** -26, 0],
    [-(2 ** -40), 0x8000],
    [-0, 0x8000],
    [1e-42, 0],
  ])('%d is %d', (value, bits) => expect(float32ToHalf(new Float32Array([value]))[0]).toBe(bits));
});

it.each<[string, (value: never) => unknown, unknown]>([
  ['cu8ToFloat32', cu8ToFloat32, [1]],
  ['cu8ToFloat32', cu8ToFloat32, new Int8Array(2)],
  ['float32ToCu8', float32ToCu8, new Float64Array(2)],
  ['sc16Q11ToFloat32', sc16Q11ToFloat32, new Uint16Array(2)],
  ['sc16Q11ToFloat32', sc16Q11ToFloat32, undefined],
  ['float32ToSc16Q11', float32ToSc16Q11, null],
  ['halfToFloat32', halfToFloat32, new Int16Array(2)],
  ['float32ToHalf', float32ToHalf, 1],
])('%s refuses what is of another class', (name, convert, value) => {
  const error = thrownBy(() => convert(value as never));
  expect(error).toBeInstanceOf(FrameError);
  expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
  expect(error.message).toMatch(new RegExp(`^${name}: (bytes|values) must be `));
});

it('refuses half a value', () => {
  expect(thrownBy(() => halfToFloat32(new Uint8Array(3)))).toMatchObject({ fault: 'length' });
  expect(thrownBy(() => sc16Q11ToFloat32(new Uint8Array(5)))).toMatchObject({ fault: 'length' });
});
