import { describe, expect, it } from 'vitest';
import { holds } from '../../bench/runner/Figure.js';

describe('holds', () => {
  it.each([
    [1, { atLeast: 1 }, true],
    [0.99, { atLeast: 1 }, false],
    [1.05, { atMost: 1.05 }, true],
    [1.06, { atMost: 1.05 }, false],
    [24.9, { below: 25 }, true],
    [25, { below: 25 }, false],
  ])('%d with %o: %s', (median, target, expected) => {
    expect(holds({ median, target })).toBe(expected);
  });

  it('says nothing where nothing is asked', () => {
    expect(holds({ median: 1 })).toBeUndefined();
  });

  it('is not content with a figure that is none', () => {
    expect(holds({ median: NaN, target: { atLeast: 1 } })).toBe(false);
    expect(holds({ median: NaN, target: { atMost: 1 } })).toBe(false);
    expect(holds({ median: NaN, target: { below: 1 } })).toBe(false);
  });
});
