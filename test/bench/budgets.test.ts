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

  // each figure that the contract asks of a driver, as its row calls its budget
  it.each<[Budget, object, object]>([
    ['fanIn', {}, { target: { atLeast: 0.9 } }],
    ['fanOut', {}, { target: { atLeast: 2 } }],
    ['roundTrip', { target: { atMost: 1.05 } }, { target: { atMost: 0.65 } }],
    ['overEchoUs', {}, { target: { atMost: 30 } }],
    ['concurrency', { target: { atLeast: 3 } }, { target: { atLeast: 5 } }],
    ['timerGapMs', { target: { below: 25 } }, { target: { below: 25 } }],
    ['stalledRelayLost', { target: { below: 1 } }, { target: { below: 1 } }],
    ['bundleKB', {}, { target: { below: 15 } }],
  ])('ask of %s %o of native and %o of the engine', (budget, native, engine) => {
    expect(targetOf('native', budget)).toEqual(native);
    expect(targetOf('engine', budget)).toEqual(engine);
  });

  it('bound what a stalled relay holds, by the size of its frames', () => {
    expect(targetOf('native', 'stalledRelayMiB', 2048)).toEqual({ target: { below: 64 } });
    expect(targetOf('engine', 'stalledRelayMiB', 2048)).toEqual({ target: { below: 64 } });
    expect(targetOf('engine', 'stalledRelayMiB', 512 * 1024)).toEqual({ target: { below: 160 } });
  });

  it('ask nothing at another size', () => {
    expect(targetOf('native', 'pushPull', 100)).toEqual({});
    expect(targetOf('native', 'pushPull')).toEqual({});
  });

  it('have one for what sizes do not matter to, whatever the size', () => {
    expect(targetOf('native', 'timerGapMs', 64)).toEqual({ target: { below: 25 } });
  });
});
