import { TestScheduler } from 'rxjs/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { Deadline } from '../../src/time/Deadline.js';
import { defaultClock } from '../../src/rx/defaultClock.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('measures the time that its timers go by: under TestScheduler.run', () => {
  new TestScheduler(() => undefined).run(({ flush }) => {
    const since = defaultClock.now();
    let passed = 0;
    new Deadline(defaultClock, () => (passed = defaultClock.now() - since)).set(3000);
    flush();
    expect(passed).toBe(3000);
  });
});

it('measures the time that its timers go by: fake timers, also where no clock is fake', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const since = defaultClock.now();
  let passed = 0;
  defaultClock.after(60_000, () => (passed = defaultClock.now() - since));
  vi.advanceTimersByTime(60_000);
  expect(passed).toBeGreaterThanOrEqual(60_000);
});

it('judges all deadlines of one moment at once where timers are driven', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const reached: number[] = [];
  for (const n of [1, 2, 3]) new Deadline(defaultClock, () => reached.push(n)).set(60_000);
  vi.advanceTimersByTime(60_000);
  expect(reached).toEqual([1, 2, 3]);
});

it('takes messages where there is no setImmediate', async () => {
  vi.stubGlobal('setImmediate', undefined);
  vi.resetModules();
  const { nextTask } = await import('../../src/time/nextTask.js');
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    nextTask(() => order.push('first'));
    nextTask(() => {
      order.push('second');
      resolve();
    });
    order.push('after the call');
  });
  expect(order).toEqual(['after the call', 'first', 'second']);
});
