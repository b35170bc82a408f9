import { describe, expect, it } from 'vitest';
import { type Budget, targetOf } from '../../bench/runner/budgets.js';
import { KIB, radioSizes, smallSizes } from '../../bench/runner/Row.js';

describe('the budgets', () => {
  it('have a target of the engine at each size of the contract', () => {
    for (const size of [...smallSizes, ...radioSizes]) {
      for (const budget of ['pushPull', 'againstC', 'fromSender'] as const) {
        expect(targetOf('engine', budget, size).target).toBeDefined();
      }
    }
    for (const size of radioSizes) {
      expect(targetOf('engine', 'doppler', size)).toEqual({ target: { atLeast: 1.1 } });
      expect(targetOf('engine', 'againstC', size)).toEqual({ target: { atLeast: 1 } });
    }
    for (const size of smallSizes) expect(targetOf('native', 'pushPull', size).target).toBeDefined();
  });

  // each figure that the contract asks of a driver, as its row calls its budget
  it.each<[Budget, object, object]>([
    ['releasedAgainstC', {}, { target: { atLeast: 1.2 } }],
    ['releasedAgainstBestC', {}, { target: { atLeast: 0.9 } }],
    ['fanIn', {}, { target: { atLeast: 1 } }],
    ['fanOut', {}, { target: { atLeast: 3 } }],
    ['roundTrip', { target: { atMost: 1.05 } }, { target: { atMost: 0.6 } }],
    ['roundTripC', {}, { target: { atMost: 1.1 } }],
    ['concurrency', { target: { atLeast: 3 } }, { target: { atLeast: 6 } }],
    ['pacedMap', {}, { target: { atLeast: 0.8 } }],
    ['numbers', {}, { target: { atLeast: 0.6 } }],
    ['timerGapMs', { target: { below: 25 } }, { target: { below: 15 } }],
    ['stalledRelayLost', { target: { below: 1 } }, { target: { below: 1 } }],
    ['savantRoundTrips', {}, { target: { atLeast: 1.2 } }],
    ['bundleFromSub', {}, { target: { atMost: 15 } }],
    ['bundleToPush', {}, { target: { atMost: 18 } }],
    ['bundleRequest', {}, { target: { atMost: 20 } }],
  ])('ask of %s %o of native and %o of the engine', (budget, native, engine) => {
    expect(targetOf('native', budget)).toEqual(native);
    expect(targetOf('engine', budget)).toEqual(engine);
  });

  // and those that it asks at some size alone
  it.each<[Budget, number, object]>([
    ['againstBestC', 64, { atLeast: 0.75 }],
    ['receiverCpu', 64 * KIB, { atMost: 1.5 }],
    ['receiverCpuReleased', 512 * KIB, { atMost: 1 }],
    ['boundReceiver', 512 * KIB, { atLeast: 0.9 }],
    ['stalledRelayMiB', 2 * KIB, { below: 32 }],
    ['stalledRelayMiB', 512 * KIB, { below: 100 }],
    ['savant', KIB, { atLeast: 1.6 }],
    ['savant', 128 * KIB, { atLeast: 1.6 }],
    ['savantIpc', 128 * KIB, { atLeast: 1 }],
  ])('ask of %s at %d bytes %o', (budget, size, target) => {
    expect(targetOf('engine', budget, size)).toEqual({ target });
    expect(targetOf('engine', budget, size + 8)).toEqual({});
    expect(targetOf('engine', budget)).toEqual({});
  });

  it('have one for what sizes do not matter to, whatever the size', () => {
    expect(targetOf('native', 'timerGapMs', 64)).toEqual({ target: { below: 25 } });
  });
});
