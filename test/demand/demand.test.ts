import { defer, mergeMap, of, Subject, tap } from 'rxjs';
import { demand, fromIterable } from 'rxzmq';
import { expect, it, vi } from 'vitest';
import { Inbox, numbers, settled, Stage } from './stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('./stages.js')).standing, // a slow machine must not end a turn
}));

it('is none where no consumer stands below', () => {
  const found: unknown[] = [];
  found.push(demand());
  defer(() => {
    found.push(demand());
    return of(1);
  }).subscribe(() => found.push(demand()));
  expect(found).toEqual([undefined, undefined, undefined]);
});

it('is that of the consumer which subscribes, through other operators', () => {
  const stage = new Stage(0);
  let found = demand();
  defer(() => {
    found = demand();
    return of(1);
  })
    .pipe(
      mergeMap((value) => of(value)),
      stage.take(),
    )
    .subscribe();
  expect(found?.ended).toBe(true); // the consumer has completed
  expect(demand()).toBeUndefined();
});

it('is that of the consumer below while a source notifies, and above a consumer its own', () => {
  const [upper, lower] = [new Stage(5), new Stage(5)];
  const found: unknown[] = [];
  const look = tap(() => found.push(demand()));
  new Inbox(1).values.pipe(look, upper.take(), look, lower.take(), look).subscribe();
  expect(found[0]).toBeDefined();
  expect(found[1]).toBeDefined();
  expect(found[0]).not.toBe(found[1]);
  expect(found[2]).toBeUndefined();
});

it('goes by hand to what is subscribed later and elsewhere', async () => {
  const stage = new Stage(2);
  const made: number[] = [];
  function* values(): Generator<number> {
    for (const n of numbers(100)) {
      made.push(n);
      yield n;
    }
  }
  const later = new Subject<void>();
  const subscription = defer(() => {
    const below = demand();
    return later.pipe(mergeMap(() => fromIterable(values(), { demand: below })));
  })
    .pipe(stage.take())
    .subscribe();
  later.next();
  await settled();
  expect(made).toEqual([0, 1]);
  expect(stage.ungoverned).toEqual([]); // what was asked for is no overflow
  stage.give(1);
  expect(made).toEqual([0, 1, 2]);
  subscription.unsubscribe();
});

it('reaches there by itself', () => {
  const inbox = new Inbox(1, 2, 3);
  const stage = new Stage(1);
  const later = new Subject<void>();
  const subscription = later
    .pipe(mergeMap(() => inbox.values))
    .pipe(stage.take())
    .subscribe();
  later.next();
  expect(inbox.read).toEqual([1]);
  expect(stage.ungoverned).toEqual([]);
  subscription.unsubscribe();
});

it('holds nothing that is subscribed on the occasion of a value', () => {
  const [held, stranger] = [new Inbox(1, 2), new Inbox(...numbers(10))];
  const stage = new Stage(1);
  const watch = (): void => void stranger.values.subscribe();
  const all = held.values.pipe(tap(watch), stage.take());
  const subscription = all.subscribe();
  expect([held.read, stranger.read]).toEqual([[1], numbers(10)]);
  subscription.unsubscribe();
});
