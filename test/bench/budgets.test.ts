import { describe, expect, it } from 'vitest';
import { targetAt, targetOf } from '../../bench/runner/budgets.js';
import { allSizes } from '../../bench/runner/Row.js';

describe('the budgets', () => {
  it('have a target at each size of the contract', () => {
    for (const size of allSizes) {
      expect(targetAt('fromSender', size).target).toBeDefined();
      expect(targetAt('pushPull', size).target).toBeDefined();
    }
  });

  it('have none at another size', () => {
    expect(targetAt('pushPull', 100)).toEqual({});
  });

  it('have one for what sizes do not matter to', () => {
    expect(targetOf('timerGapMs')).toEqual({ below: 25 });
  });
});
