import { asyncScheduler, NEVER, startWith } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { request, text } from '../../src/index.js';
import { Deadline } from '../../src/time/Deadline.js';
import { defaultClock } from '../../src/rx/defaultClock.js';

afterEach(() => {
  vi.restoreAllMocks();
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

it.each([3_600_000, -3_600_000])('moves no deadline when the system clock is set by %d ms', async (byMs) => {
  const systemMs = Date.now.bind(Date);
  let setByMs = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => systemMs() + setByMs);
  vi.resetModules(); // the clock takes what there is when it is loaded
  const { defaultClock: clock } = await import('../../src/rx/defaultClock.js');
  const since = clock.now();
  let early: number | undefined;
  await new Promise<void>((resolve) => {
    new Deadline(clock, resolve).set(50);
    const puttingOff = new Deadline(clock, () => (early ??= clock.now() - since));
    puttingOff.set(3000);
    setByMs = byMs;
    puttingOff.set(3100); // compares the time with what it was set to before
    clock.after(20, () => puttingOff.set(3200));
  });
  const passedMs = clock.now() - since;
  expect(passedMs).toBeGreaterThanOrEqual(48);
  expect(passedMs).toBeLessThan(1_000_000);
  expect(early).toBeUndefined();
  expect(Number(clock.wallNs() / 1_000_000n)).toBeGreaterThan(0);
});

/** Asks an address where nobody is, and gives up. */
const ask = () =>
  NEVER.pipe(startWith('a'), request('tcp://127.0.0.1:1', { codec: text, connectTimeoutMs: 20, lingerMs: 3000 }));

it('drives a request that fails and lingers, under TestScheduler.run, with as many timers as its deadlines', () => {
  const schedule = vi.spyOn(asyncScheduler, 'schedule');
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(({ flush }) => {
    const since = asyncScheduler.now();
    let failedAfter = NaN;
    ask().subscribe({ error: () => (failedAfter = asyncScheduler.now() - since) });
    flush();
    expect(failedAfter).toBe(20);
    expect(asyncScheduler.now() - since).toBe(3020);
  });
  expect(schedule.mock.calls.length).toBeLessThan(20);
});

it('drives a request that fails, by fake timers', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const error = vi.fn();
  ask().subscribe({ error });
  vi.advanceTimersByTime(19);
  expect(error).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(error).toHaveBeenCalledWith(expect.objectContaining({ code: 'ERR_REQUEST_TIMEOUT', sent: false }));
  vi.advanceTimersByTime(3000);
  expect(vi.getTimerCount()).toBe(0);
});
