import { beforeEach, expect, it } from 'vitest';
import type { Parts } from '../../../src/basics/Parts.js';
import { readLoop } from '../../../src/endpoints/receiving/readLoop.js';
import { Gate } from '../../../src/demand/Gate.js';
import { FakeClock } from '../../helpers/FakeClock.js';

let clock: FakeClock;
beforeEach(() => (clock = new FakeClock()));

const message = (n: number): Parts => [Uint8Array.of(n)];
const numberOf = (parts: Parts): number => parts[0]![0]!;

it('reads all that is there, then waits to be called again', () => {
  const inbox = [1, 2, 3].map(message);
  const got: number[] = [];
  let reads = 0;
  const drain = readLoop({
    clock,
    read: () => {
      reads += 1;
      return inbox.shift();
    },
    take: (parts) => void got.push(numberOf(parts)),
  });
  drain();
  expect(got).toEqual([1, 2, 3]);
  expect(reads).toBe(4);
  clock.turn();
  expect(reads).toBe(4); // nothing is polled
  inbox.push(message(4));
  drain();
  expect(got).toEqual([1, 2, 3, 4]);
});

it('does not nest when taking one makes the next readable', () => {
  const inbox = [message(1)];
  const got: number[] = [];
  let depth = 0;
  const drain = readLoop({
    clock,
    read: () => inbox.shift(),
    take: (parts) => {
      depth += 1;
      expect(depth).toBe(1);
      const n = numberOf(parts);
      if (n < 100) {
        inbox.push(message(n + 1));
        drain();
      }
      got.push(n);
      depth -= 1;
    },
  });
  drain();
  expect(got).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
});

it('stops when the time of the turn is spent, and goes on in the next', () => {
  let next = 0;
  const got: number[] = [];
  const drain = readLoop({
    clock,
    read: () => (next < 10 ? message((next += 1)) : undefined),
    take: (parts) => {
      got.push(numberOf(parts));
      clock.spend(1);
    },
  });
  drain();
  expect(got).toEqual([1, 2, 3, 4]);
  drain(); // told again meanwhile: it waits for its turn all the same
  expect(got).toEqual([1, 2, 3, 4]);
  clock.turn();
  expect(got).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  clock.turn();
  expect(got).toHaveLength(10);
  expect(clock.soonCount).toBe(1);
  clock.turn();
  expect(clock.soonCount).toBe(0);
});

it('shares its time with the others of its clock, none of which starves', () => {
  const got = [0, 0, 0];
  const drains = got.map((_, i) =>
    readLoop({
      clock,
      read: () => message(i), // without end
      take: (parts) => {
        got[numberOf(parts)]! += 1;
        clock.spend(1);
      },
    }),
  );
  for (const drain of drains) drain();
  expect(got).toEqual([4, 0, 0]); // one budget for all of them
  for (let i = 0; i < 29; i += 1) clock.turn();
  expect(got.reduce((sum, count) => sum + count)).toBe(30 * 4);
  expect(Math.max(...got) - Math.min(...got)).toBeLessThanOrEqual(8); // at most two turns ahead
});

it('gets no second place in the rotation by being told again while it waits', () => {
  const got = [0, 0];
  const drains = got.map((_, i) =>
    readLoop({
      clock,
      read: () => message(i), // without end
      take: (parts) => {
        got[numberOf(parts)]! += 1;
        clock.spend(1);
      },
    }),
  );
  for (const drain of drains) drain();
  for (let i = 0; i < 10; i += 1) drains[0]!();
  for (let i = 0; i < 19; i += 1) clock.turn();
  expect(Math.abs(got[0]! - got[1]!)).toBeLessThanOrEqual(8); // at most two turns ahead
});

it('reads nothing while there is no room, and goes on when there is', () => {
  const inbox = [1, 2, 3, 4].map(message);
  const got: number[] = [];
  let room = 2;
  const gate = new Gate(() => room > 0, undefined);
  const drain = readLoop({
    clock,
    read: () => inbox.shift(),
    take: (parts) => {
      room -= 1;
      got.push(numberOf(parts));
    },
    demand: gate,
  });
  drain();
  expect(got).toEqual([1, 2]);
  drain(); // more has arrived: that makes no room
  clock.turn();
  expect(got).toEqual([1, 2]);
  room = 1;
  gate.pass();
  expect(got).toEqual([1, 2, 3]);
  room = 5;
  gate.pass();
  expect(got).toEqual([1, 2, 3, 4]);
});

it('hands room on that it has no use for', () => {
  const inbox = [[message(1)], [message(2)]];
  const got: number[] = [];
  let room = 0;
  const gate = new Gate(() => room > 0, undefined);
  const drains = inbox.map((messages) =>
    readLoop({
      clock,
      read: () => messages.shift(),
      take: (parts) => {
        room -= 1;
        got.push(numberOf(parts));
      },
      demand: gate,
    }),
  );
  for (const drain of drains) drain();
  inbox[0]!.length = 0; // it waits for room, and its message is gone meanwhile
  room = 1;
  gate.pass();
  expect(got).toEqual([2]);
});
