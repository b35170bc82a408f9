import { describe, expect, it } from 'vitest';
import { type Budget, targetOf } from '../../bench/runner/budgets.js';
import { allSizes } from '../../bench/runner/Row.js';

describe('the budgets', () => {
  it('have a target for each driver at each size of the contract', () => {
    for (const size of allSizes) {
      for (const driver of ['native', 'engine'] as const) {
        expect(targetOf(driver, 'fromSender', size).target).toBeDefined();
        expect(targetOf(driver, 'pushPull', size).target).toBeDefined();
      }
      expect(targetOf('engine', 'againstC', size).target).toBeDefined();
    }
  });

  it.each<Budget>(['fromSenderReleased', 'pushPullReleased', 'againstCReleased'])(
    'ask %s of the engine at the largest size only',
    (budget) => {
      expect(allSizes.filter((size) => targetOf('engine', budget, size).target)).toEqual([512 * 1024]);
    },
  );

  it('ask nothing at another size', () => {
    expect(targetOf('native', 'pushPull', 100)).toEqual({});
    expect(targetOf('native', 'pushPull')).toEqual({});
  });

  it('ask of each driver what the contract asks of it', () => {
    expect(targetOf('native', 'roundTrip')).toEqual({ target: { atMost: 1.05 } });
    expect(targetOf('engine', 'roundTrip')).toEqual({ target: { atMost: 0.65 } });
    expect(targetOf('native', 'fanOut')).toEqual({});
    expect(targetOf('engine', 'fanOut')).toEqual({ target: { atLeast: 2 } });
  });

  it('have one for what sizes do not matter to, whatever the size', () => {
    expect(targetOf('native', 'timerGapMs', 64)).toEqual({ target: { below: 25 } });
  });
});
