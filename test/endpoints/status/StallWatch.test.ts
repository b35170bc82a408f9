import { beforeEach, expect, it } from 'vitest';
import { StallWatch } from '../../../src/endpoints/status/StallWatch.js';
import { FakeClock } from '../../helpers/FakeClock.js';

let clock: FakeClock;
let told: string[];
let watch: StallWatch;

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  watch = new StallWatch(clock, (kind, stalledMs) => told.push(`${kind} ${stalledMs}`));
});

/** Time goes by, and timers are called. */
const pass = (ms: number): void => {
  clock.spend(ms);
  clock.turn();
};

it('tells of a stall after 100 ms, once, and how long it was at its end', () => {
  watch.stall();
  pass(99);
  expect(told).toEqual([]);
  pass(1);
  expect(told).toEqual(['stalled 0']);
  watch.stall();
  pass(1000);
  watch.resume();
  watch.resume();
  expect(told).toEqual(['stalled 0', 'resumed 1100']);
});

it('tells nothing of short ones', () => {
  for (let i = 0; i < 50; i += 1) {
    watch.stall();
    pass(60);
    watch.resume();
    pass(3);
  }
  expect(told).toEqual([]);
});

it('counts from the beginning of each stall, not from the timer of the one before', () => {
  watch.stall();
  pass(50);
  watch.resume();
  pass(20);
  watch.stall(); // at 70
  pass(30); // the timer of the first
  expect(told).toEqual([]);
  pass(69); // at 169
  expect(told).toEqual([]);
  pass(1);
  expect(told).toEqual(['stalled 0']);
  pass(5);
  watch.resume();
  expect(told).toEqual(['stalled 0', 'resumed 105']);
});

it('serves any number of short stalls with one timer', () => {
  let timers = 0;
  const after = clock.after;
  const counting = new StallWatch(
    Object.assign(Object.create(clock) as FakeClock, {
      now: clock.now,
      after: (ms: number, callback: () => void) => {
        timers += 1;
        return after(ms, callback);
      },
    }),
    (kind) => told.push(kind),
  );
  for (let i = 0; i < 90; i += 1) {
    counting.stall();
    clock.spend(1);
    counting.resume();
  }
  expect(timers).toBe(1);
  pass(100);
  expect(told).toEqual([]);
  expect(timers).toBe(1);
});

it('tells of the next one as of the first', () => {
  for (let i = 0; i < 3; i += 1) {
    watch.stall();
    pass(100);
    watch.resume();
    pass(10);
  }
  expect(told).toEqual(Array.from({ length: 3 }, () => ['stalled 0', 'resumed 100']).flat());
});

it('tells nothing when it resumes without a stall', () => {
  watch.resume();
  expect(told).toEqual([]);
});

it('tells nothing once it is closed, and leaves no timer', () => {
  watch.stall();
  watch.close();
  pass(1000);
  expect(told).toEqual([]);
  watch.resume();
  watch.stall(); // by a read that had its turn coming
  pass(1000);
  expect(told).toEqual([]);
});

it('sets no timer once it is closed, if it never had one', () => {
  watch.close();
  watch.stall();
  pass(1000);
  expect(told).toEqual([]);
});

it('does not tell that it resumed when it is closed while stalled', () => {
  watch.stall();
  pass(100);
  watch.close();
  watch.resume(); // a consumer that ends has room for ever
  expect(told).toEqual(['stalled 0']);
});
