import { describe, expect, it } from 'vitest';
import { compareRates } from '../../bench/runner/compareRates.js';

describe('compareRates', () => {
  it('compares round with round, and says where the ratio comes from', () => {
    const rates = [1000, 3000, 4000].map((perSecond) => ({ perSecond, senderUs: 1, receiverUs: 2 }));
    const baseline = [1000, 1000, 2000].map((perSecond) => ({ perSecond, senderUs: 3, receiverUs: 4.25 }));

    expect(compareRates({ label: 'one', driver: 'engine', size: 64 }, rates, baseline)).toEqual({
      label: 'one',
      driver: 'engine',
      size: 64,
      unit: 'ratio',
      median: 2,
      low: 1.5,
      high: 2.5,
      absolute: '3.00 k/s to 1.00 k/s; CPU at both ends 1.0 + 2.0 to 3.0 + 4.3 us; 3 rounds',
    });
  });

  it('has one end of what was done alone', () => {
    const { absolute } = compareRates(
      { label: 'one' },
      [{ perSecond: 2, receiverUs: 1 }],
      [{ perSecond: 1, receiverUs: 3 }],
    );

    expect(absolute).toBe('2.00/s to 1.00/s; CPU 1.0 to 3.0 us; 1 rounds');
  });
});
