import { beforeEach, expect, it } from 'vitest';
import { LeastRate } from '../../../src/engine/connections/LeastRate.js';
import { FakeClock } from '../../helpers/FakeClock.js';

let clock: FakeClock;
let reason: string | undefined;
let rate: LeastRate;
let isUnderWay: boolean;

beforeEach(() => {
  clock = new FakeClock();
  reason = undefined;
  isUnderWay = true;
  rate = new LeastRate(clock, 64, {
    isUnderWay: () => isUnderWay,
    tooSlow: (why) => {
      reason ??= why;
      rate.stop();
    },
  });
});

it('drops a message that drips', () => {
  for (let second = 0; second < 11; second += 1) {
    rate.came(1, true);
    clock.advance(1000);
  }
  expect(reason).toBe('a message came at less than 64 bytes a second');
});

it('drops a message that drips after a good start', () => {
  rate.came(1_000_000, true);
  for (let second = 0; second < 21; second += 1) {
    rate.came(1, true);
    clock.advance(1000);
  }
  expect(reason).toBe('a message came at less than 64 bytes a second');
});

it('gets over a wire that is silent, at any moment of a message, as often as there are messages', () => {
  for (let i = 0; i < 50; i += 1) {
    rate.completed();
    rate.came(3, true);
    clock.advance(25_000);
    rate.came(1448, true);
    clock.advance(100);
  }
  expect(reason).toBeUndefined();
});

it('looks after no message that is done, or that this side does not read, until one goes on', () => {
  rate.came(1, true);
  isUnderWay = false;
  clock.advance(60_000);
  expect(reason).toBeUndefined();
  expect(clock.timerCount).toBe(0);
  isUnderWay = true;
  rate.watch();
  for (let second = 0; second < 11; second += 1) {
    rate.came(1, true);
    clock.advance(1000);
  }
  expect(reason).toBeDefined();
});

it('counts no silence against it that was over before it looks', () => {
  rate.came(3, true);
  clock.advance(8000);
  rate.came(200, true); // within two seconds that are no silence
  clock.advance(2000);
  expect(reason).toBeUndefined();
});

it('drops a message that stands still for longer than TCP would try', () => {
  rate.came(1_000_000, true);
  clock.advance(900_000);
  expect(reason).toBeUndefined();
  clock.advance(120_000);
  expect(reason).toBe('nothing came of a message for 1000 s');
});
