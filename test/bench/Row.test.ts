import { describe, expect, it } from 'vitest';
import { KIB, MIB, radioSizes, roundOf, smallSizes } from '../../bench/runner/Row.js';

describe('roundOf', () => {
  it('is fixed for the sizes of the contract', () => {
    expect(roundOf(64)).toEqual({ warmUp: 10_000, count: 200_000 });
    expect(roundOf(512 * KIB)).toEqual({ warmUp: 150, count: 1500 });
  });

  it('is that of the next larger size in between', () => {
    expect(roundOf(65)).toEqual(roundOf(2 * KIB));
    expect(roundOf(128 * KIB)).toEqual(roundOf(256 * KIB));
  });

  it('is about as many bytes above them, but never nothing', () => {
    expect(roundOf(2 * MIB)).toEqual({ warmUp: 38, count: 375 });
    expect(roundOf(2 ** 30)).toEqual({ warmUp: 5, count: 20 });
  });

  it('has fewer frames of larger ones', () => {
    const counts = [...smallSizes, ...radioSizes].map((size) => roundOf(size).count);

    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(new Set(counts).size).toBe(counts.length);
  });
});
