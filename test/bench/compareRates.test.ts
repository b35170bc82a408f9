import { describe, expect, it } from 'vitest';
import { compareRates, compareReceivers, costOf } from '../../bench/runner/compareRates.js';

const rates = [1000, 3000, 4000].map((perSecond) => ({ perSecond, senderUs: 1, receiverUs: 2 }));
const baseline = [1000, 1000, 2000].map((perSecond) => ({ perSecond, senderUs: 3, receiverUs: 4 }));

describe('compareRates', () => {
  it('compares round with round, and says where the ratio comes from', () => {
    expect(compareRates({ label: 'one', driver: 'engine', size: 64 }, rates, baseline)).toEqual({
      label: 'one',
      driver: 'engine',
      size: 64,
      unit: 'ratio',
      median: 2,
      low: 1.5,
      high: 2.5,
      cpu: { ours: { senderUs: 1, receiverUs: 2 }, baseline: { senderUs: 3, receiverUs: 4 } },
      absolute: '3.00 k/s to 1.00 k/s; 3 rounds',
    });
  });
});

describe('compareReceivers', () => {
  it('compares what the receivers take of the processor, whatever the rates are', () => {
    const { median, low, high, cpu } = compareReceivers({ label: 'one' }, rates, baseline);

    expect({ median, low, high }).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
    expect(cpu?.ours.receiverUs).toBe(2);
  });
});

describe('costOf', () => {
  it('is the median of each end, on its own', () => {
    const some = [
      { senderUs: 1, receiverUs: 30 },
      { senderUs: 2, receiverUs: 20 },
      { senderUs: 9, receiverUs: 10 },
    ];

    expect(costOf(some)).toEqual({ senderUs: 2, receiverUs: 20 });
  });

  it('has one end of what was done alone', () => {
    expect(costOf([{ receiverUs: 1 }, { receiverUs: 3 }])).toEqual({ receiverUs: 2 });
  });
});
