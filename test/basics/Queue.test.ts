import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Queue } from '../../src/basics/Queue.js';

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), item: fc.integer() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('shift' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('peek' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  ),
  { maxLength: 300 },
);

it('behaves like an array', () => {
  fc.assert(
    fc.property(steps, (todo) => {
      const queue = new Queue<number>();
      const model: number[] = [];
      for (const step of todo) {
        if (step.do === 'push') {
          queue.push(step.item);
          model.push(step.item);
        } else if (step.do === 'clear') {
          queue.clear();
          model.length = 0;
        } else {
          expect(queue[step.do]()).toBe(step.do === 'shift' ? model.shift() : model[0]);
        }
        expect(queue.size).toBe(model.length);
        const last = model.at(-1);
        expect(queue.some((item) => item === last)).toBe(model.length > 0);
        expect(queue.peek()).toBe(model[0]);
      }
    }),
  );
});

it('stays empty when nothing is taken from it', () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 5; i += 1) expect(queue.shift()).toBeUndefined();
  expect(queue.size).toBe(0);
  queue.push(7);
  expect(queue.shift()).toBe(7);
  expect(queue.size).toBe(0);
});

it('keeps undefined as an item', () => {
  const queue = new Queue<number | undefined>();
  queue.push(undefined);
  queue.push(1);
  expect(queue.size).toBe(2);
  expect(queue.shift()).toBeUndefined();
  expect(queue.shift()).toBe(1);
});

it('moves few items, however long it is', () => {
  // A million in, then one out and one in: with `shift` of an array this takes minutes.
  const queue = new Queue<number>();
  for (let i = 0; i < 1_000_000; i += 1) queue.push(i);
  for (let i = 0; i < 1_000_000; i += 1) {
    if (queue.shift() !== i) throw new Error(`out of order at ${i}`);
    queue.push(i);
  }
  expect(queue.size).toBe(1_000_000);
});

it('does not grow with what has been taken from it', () => {
  const queue = new Queue<number>();
  for (let i = 0; i < 10; i += 1) queue.push(i);
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20_000_000; i += 1) {
    queue.shift();
    queue.push(i);
  }
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024); // 20 million places take 160 MB
  expect(queue.size).toBe(10);
});
