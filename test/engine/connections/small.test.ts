import { describe, expect, it, vi } from 'vitest';
import { Backoff } from '../../../src/time/Backoff.js';
import { Loop } from '../../../src/engine/context/Loop.js';
import { hasRoomAgain, isFull } from '../../../src/engine/pipes/marks.js';

describe('Loop', () => {
  it('runs what a task asks for after it, and all before the outermost call returns', () => {
    const loop = new Loop();
    const order: string[] = [];
    loop.post(() => {
      order.push('a');
      loop.post(() => {
        order.push('b');
        loop.enter();
        loop.post(() => order.push('d'));
        loop.leave();
        order.push('c');
      });
      order.push('a again');
    });
    expect(order).toEqual(['a', 'a again', 'b', 'c', 'd']);
  });

  it('goes on after a task that threw', () => {
    const loop = new Loop();
    const ran = vi.fn();
    expect(() =>
      loop.post(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    loop.post(ran);
    expect(ran).toHaveBeenCalledOnce();
  });
});

describe('Backoff', () => {
  it('doubles up to its maximum, give or take a quarter, and starts over', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 800 });
    for (const ms of [100, 200, 400, 800, 800]) {
      const next = backoff.next();
      expect(next).toBeGreaterThanOrEqual(ms * 0.75);
      expect(next).toBeLessThanOrEqual(ms * 1.25);
    }
    backoff.ended(800);
    expect(backoff.next()).toBeLessThanOrEqual(125);
    expect(backoff.slowest()).toBeGreaterThanOrEqual(600);
  });

  it('grows from connection to connection where they end too soon, and starts over after a good one', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 800 }, () => 0.5);
    const after = (ms: number): number => {
      backoff.ended(ms);
      return backoff.next();
    };
    for (let i = 0; i < 5; i += 1) backoff.next(); // nobody was there for a while, which is no fault of who comes
    expect([0, 10, 799, 5, 5].map(after)).toEqual([100, 200, 400, 800, 800]);
    expect(backoff.next()).toBe(800);
    expect(after(800)).toBe(100);
    expect(after(1)).toBe(200);
  });

  it('takes a connection of 5 s for a good one, however long the longest wait is', () => {
    const backoff = new Backoff({ initialMs: 100, maxMs: 60_000 }, () => 0.5);
    for (let i = 0; i < 9; i += 1) backoff.ended(4999);
    expect(backoff.next()).toBe(25_600);
    backoff.ended(5000);
    expect(backoff.next()).toBe(100);
  });

  it('does not give all peers the same', () => {
    const delays = new Set(Array.from({ length: 50 }, () => new Backoff({ initialMs: 1000, maxMs: 1000 }).next()));
    expect(delays.size).toBeGreaterThan(10);
  });
});

describe('marks', () => {
  it.each([
    [7, 3],
    [5, 2],
    [10, 5],
    [1, 0],
    [1000, 500],
  ])('a queue of %i takes messages again from %i on', (messages, again) => {
    const marks = { messages, bytes: 100 };
    expect(isFull(messages - 1, 0, marks)).toBe(false);
    expect(isFull(messages, 0, marks)).toBe(true);
    expect(hasRoomAgain(again, 0, marks)).toBe(true);
    expect(hasRoomAgain(again + 1, 0, marks)).toBe(false);
  });

  it('counts bytes as well, and no messages where there is no mark', () => {
    const marks = { messages: Infinity, bytes: 100 };
    expect(isFull(1e9, 99, marks)).toBe(false);
    expect(isFull(1, 100, marks)).toBe(true);
    expect(hasRoomAgain(1e9, 50, marks)).toBe(true);
    expect(hasRoomAgain(1, 51, marks)).toBe(false);
  });
});
