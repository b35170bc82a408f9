import { Observable, type Subscriber } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { slot } from '../../src/demand/slot.js';
import { under } from '../../src/demand/under.js';
import { Outlet } from '../../src/rx/Outlet.js';
import { Places } from '../demand/stages.js';

/** An outlet, and what was said when it notified. */
function outlet(demand: Places | undefined) {
  const seen: [kind: string, current: unknown, here: unknown, asked: unknown][] = [];
  let out!: Outlet<number>;
  const see = (kind: string): void => void seen.push([kind, slot.current, slot.here, slot.asked]);
  new Observable<number>((subscriber) => {
    out = new Outlet(subscriber, demand);
  }).subscribe({ next: (n) => see(`${n}`), error: () => see('error'), complete: () => see('complete') });
  return { out, seen };
}

describe.each([
  ['a consumer below', new Places()],
  ['none', undefined],
])('an outlet with %s', (_, demand) => {
  it.each(['complete', 'error'] as const)(
    'says whose it is with each value and with %s, and restores what was',
    (end) => {
      const { out, seen } = outlet(demand);
      const [current, asked] = [new Places(), new Places()];
      under(current, () => {
        slot.asked = asked;
        out.next(1);
        out.next(2, false);
        expect([slot.current, slot.here, slot.asked]).toEqual([current, current, asked]);
        expect(out.closed).toBe(false);
        if (end === 'error') out.error(new Error('failure'));
        else out.complete();
        expect([slot.current, slot.here, slot.asked]).toEqual([current, current, asked]);
        slot.asked = undefined;
      });
      expect([out.demand, out.below]).toEqual([demand, demand]);
      // whoever subscribes on that occasion is not held
      expect(seen).toEqual([
        ['1', undefined, demand, demand],
        ['2', undefined, demand, undefined],
        [end, undefined, demand, demand],
      ]);
      expect(out.closed).toBe(true);
      out.next(3);
      expect(seen).toHaveLength(3);
    },
  );
});

it('restores what was when a subscriber throws all the same', () => {
  const throwing = (what: string) => (): never => {
    throw new Error(what);
  };
  const notified = { next: throwing('next'), error: throwing('error'), complete: throwing('complete') };
  const out = new Outlet<number>(notified as unknown as Subscriber<number>, new Places());
  expect(() => out.next(1)).toThrow('next');
  expect(() => out.error(1)).toThrow('error');
  expect(() => out.complete()).toThrow('complete');
  expect([slot.current, slot.here, slot.asked]).toEqual([undefined, undefined, undefined]);
});
