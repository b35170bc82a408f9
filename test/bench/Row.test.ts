import { describe, expect, it } from 'vitest';
import { roundOf } from '../../bench/runner/Row.js';

const KIB = 1024;

describe('roundOf', () => {
  it('is fixed for the sizes of the contract', () => {
    expect(roundOf(64)).toEqual({ warmUp: 5000, count: 60_000 });
    expect(roundOf(512 * KIB)).toEqual({ warmUp: 50, count: 250 });
  });

  it('is that of the next larger size in between', () => {
    expect(roundOf(65)).toEqual(roundOf(2 * KIB));
    expect(roundOf(256 * KIB)).toEqual(roundOf(512 * KIB));
  });

  it('is about as many bytes above them, but never nothing', () => {
    expect(roundOf(2048 * KIB)).toEqual({ warmUp: 13, count: 63 });
    expect(roundOf(2 ** 30)).toEqual({ warmUp: 5, count: 20 });
  });
});
