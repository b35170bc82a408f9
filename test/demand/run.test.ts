import { describe, expect, it } from 'vitest';
import { demand } from '../../src/demand/demand.js';
import { run } from '../../src/demand/run.js';
import { slot } from '../../src/demand/slot.js';
import { under } from '../../src/demand/under.js';
import { Places } from './stages.js';

describe('run', () => {
  it('runs a task at once, and what it starts after it, in order', () => {
    const order: string[] = [];
    run(() => {
      order.push('a begins');
      run(() => {
        order.push('b begins');
        run(() => order.push('d'));
        order.push('b ends');
      });
      run(() => order.push('c'));
      order.push('a ends');
    });
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c', 'd']);
  });

  it('needs no stack for 100,000 tasks that start one another', () => {
    let [count, depth, deepest] = [0, 0, 0];
    const task = (): void => {
      depth += 1;
      deepest = Math.max(deepest, depth);
      count += 1;
      if (count < 100_000) run(task);
      depth -= 1;
    };
    run(task);
    expect(count).toBe(100_000);
    expect(deepest).toBe(1);
  });

  it('keeps the order of many more than it holds at a time', () => {
    const order: number[] = [];
    run(() => {
      for (let i = 0; i < 5000; i += 1) {
        run(() => {
          order.push(i);
          if (i < 2000) run(() => order.push(5000 + i));
        });
      }
    });
    expect(order).toEqual(Array.from({ length: 7000 }, (_, i) => i));
    expect(slot.tasks).toHaveLength(0);
  });

  it('runs outside any demand, and restores what was current and asked', () => {
    const [current, asked] = [new Places(), new Places()];
    const seen: unknown[] = [];
    under(current, () => {
      slot.asked = asked;
      run(() => seen.push(slot.current, slot.asked));
      seen.push(demand(), slot.asked);
      slot.asked = undefined;
    });
    expect(seen).toEqual([undefined, undefined, current, asked]);
  });

  it('is not stopped by a task that leaves something current', () => {
    const seen: unknown[] = [];
    const stray = new Places();
    run(() => {
      run(() => seen.push(demand()));
      under(stray, () => undefined);
    });
    expect(seen).toEqual([undefined]);
    expect(slot.current).toBeUndefined();
  });

  it('throws what a task throws, and runs the others all the same', () => {
    const order: string[] = [];
    const current = new Places();
    under(current, () => {
      expect(() =>
        run(() => {
          run(() => {
            throw new Error('a task');
          });
          run(() => order.push('next'));
          order.push('first');
        }),
      ).toThrow('a task');
      expect(demand()).toBe(current);
    });
    expect(order).toEqual(['first', 'next']);
    run(() => order.push('later'));
    expect(order).toEqual(['first', 'next', 'later']);
    expect(slot.running).toBe(false);
  });
});
