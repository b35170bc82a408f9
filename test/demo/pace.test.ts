import { take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { paced } from '../../examples/demo/pace.js';

function run(body: (scheduler: TestScheduler) => void): void {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(() => body(scheduler));
}

describe('paced', () => {
  it('emits one number for each period that has passed', () => {
    run((scheduler) => {
      scheduler.createColdObservable('1s |').subscribe();
      let last = -1;
      const subscription = paced(250, 30, scheduler).subscribe((block) => {
        expect(block).toBe(last + 1);
        last = block;
      });
      scheduler.schedule(() => {
        subscription.unsubscribe();
        expect(last).toBe(249);
      }, 1001);
    });
  });

  it('catches up after a late timer, but not further back than it was told', () => {
    let now = 0;
    const emitted: number[] = [];
    run((scheduler) => {
      const subscription = paced(250, 30, { now: () => now }).subscribe((block) => emitted.push(block));
      const at = (ms: number, clock: number): void =>
        void scheduler.schedule(() => {
          now = clock;
        }, ms);
      at(3, 4); // one period
      at(7, 20); // four more: they come at once
      at(11, 4000); // a long pause: only the last 30
      scheduler.schedule(() => subscription.unsubscribe(), 13);
    });
    expect(emitted).toEqual([0, 1, 2, 3, 4, ...Array.from({ length: 30 }, (_, i) => 970 + i)]);
  });

  it('starts afresh with each subscription', () => {
    run((scheduler) => {
      const numbers = paced(1000, 10, scheduler).pipe(take(3), toArray());
      const seen: number[][] = [];
      numbers.subscribe((value) => seen.push(value));
      scheduler.schedule(() => numbers.subscribe((value) => seen.push(value)), 50);
      scheduler.schedule(
        () =>
          expect(seen).toEqual([
            [0, 1, 2],
            [0, 1, 2],
          ]),
        60,
      );
    });
  });
});
