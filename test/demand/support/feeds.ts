import { from, Observable } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { readLoop } from '../../../src/endpoints/receiving/readLoop.js';
import { Outlet } from '../../../src/rx/Outlet.js';
import { FakeClock } from '../../helpers/FakeClock.js';

/** A source of a test's own, and how much of it was read. */
export interface Feed {
  readonly source: Observable<number>;
  readonly reads: number;
}

export type MakeFeed = (values: readonly number[]) => Feed;

/** Has all its values at once, and asks before it gives one: what a file does. */
export const stored: MakeFeed = (values) => {
  let reads = 0;
  const counting = {
    *[Symbol.iterator]() {
      for (const value of values) {
        reads += 1;
        yield value;
      }
    },
  };
  return {
    source: fromIterable(counting),
    get reads() {
      return reads;
    },
  };
};

/** Its values arrive one by one, and wait at their sender until they are read: what a socket does. */
export const arriving =
  (everyMs: number): MakeFeed =>
  (values) => {
    let reads = 0;
    const source: Observable<number> = new Observable<number>((subscriber) => {
      const out = Outlet.of(subscriber, source);
      let arrived = 0;
      let taken = 0;
      const drain = readLoop({
        clock: new FakeClock(),
        demand: out.demand,
        read: () => {
          if (out.closed || taken === arrived) return undefined;
          taken += 1;
          reads += 1;
          return [];
        },
        take: () => {
          out.next(values[taken - 1] as number);
          if (taken === values.length) out.complete();
        },
      });
      const timer = setInterval(() => {
        arrived += 1;
        drain();
        if (arrived === values.length) clearInterval(timer);
      }, everyMs);
      return () => clearInterval(timer);
    });
    return {
      source,
      get reads() {
        return reads;
      },
    };
  };

/** Knows nothing of demand: what RxJS itself would give. */
export const plain: MakeFeed = (values) => ({ source: from(values), reads: 0 });
