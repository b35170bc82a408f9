import { describe, expect, it } from 'vitest';
import { differences, ratios, single, summarize } from '../../bench/runner/statistics.js';

describe('summarize', () => {
  it('gives the median and the range of half of the values, in whatever order they come', () => {
    expect(summarize([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
  });

  it('stands between two values where none is in the middle', () => {
    expect(summarize([1, 2, 3, 10])).toEqual({ median: 2.5, low: 1.75, high: 4.75 });
  });

  it('leaves its input as it was', () => {
    const values = [3, 1, 2];
    summarize(values);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe('ratios', () => {
  it('compares what was measured next to each other', () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3]);
  });
});

describe('differences', () => {
  it('compares what was measured next to each other', () => {
    expect(differences([10, 30], [4, 40])).toEqual([6, -10]);
  });

  it('is none without a baseline', () => {
    expect(differences([10], [])).toEqual([NaN]);
  });
});

describe('single', () => {
  it('has no range', () => {
    expect(single(3)).toEqual({ median: 3, low: 3, high: 3 });
  });
});
