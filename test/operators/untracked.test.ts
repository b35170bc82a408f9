import { EMPTY, map, mergeMap, Observable, of, range, share, Subject, switchMap, take, tap, throwError } from 'rxjs';
import { demand, fromIterable, pacedMap, untracked } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { under } from '../../src/demand/under.js';
import { heard, Inbox, numbers, Places, Stage } from '../demand/stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

it('gives what the function gives, and throws what it throws', () => {
  expect(untracked(() => 7)).toBe(7);
  expect(() =>
    untracked(() => {
      throw new Error('thrown');
    }),
  ).toThrow('thrown');
});

it('hides the current demand, and restores it', () => {
  const places = new Places();
  under(places, () => {
    untracked(() => {
      expect(demand()).toBeUndefined();
      under(places, () => expect(demand()).toBe(places)); // a consumer in there is one as ever
      expect(demand()).toBeUndefined();
    });
    expect(demand()).toBe(places);
  });
});

it('lets a source that is subscribed above a consumer run at its own speed', () => {
  const inbox = new Inbox(...numbers(10));
  const stage = new Stage(1);
  const free = new Observable((subscriber) => untracked(() => inbox.values.subscribe(subscriber)));
  const subscription = free.pipe(stage.take()).subscribe();
  expect(inbox.read).toEqual(numbers(10));
  expect(stage.ungoverned).toEqual(numbers(10)); // nobody had asked
  subscription.unsubscribe();
});

it('frees what a consumer in there announces from what stands below', () => {
  const stage = new Stage(0);
  const inner = new Inbox(...numbers(5));
  const done: number[] = [];
  const work = inner.values.pipe(pacedMap((n) => of(n)));
  const source = new Observable<never>(() => untracked(() => work.subscribe((n) => done.push(n))));
  const subscription = source.pipe(stage.take()).subscribe();
  expect(done).toEqual(numbers(5));
  subscription.unsubscribe();
});

it('is for what it subscribes, not for what subscribes later', () => {
  const inbox = new Inbox(...numbers(10));
  const stage = new Stage(1);
  const source = untracked(() => inbox.values.pipe(mergeMap((n) => of(n))));
  const subscription = source.pipe(stage.take()).subscribe();
  expect(inbox.read).toEqual([0]);
  subscription.unsubscribe();
});

describe('as an operator', () => {
  it('hands on what it is told', () => {
    for (const source of [of(1, 2), throwError(() => new Error('failure')), EMPTY]) {
      const [plain, other] = [heard(), heard()];
      source.subscribe(plain.observer);
      source.pipe(untracked()).subscribe(other.observer);
      expect(other.told).toEqual(plain.told);
    }
  });

  it('leaves its source with its consumer, and takes no more of a synchronous one', () => {
    const source = new Subject<number>();
    const subscription = source.pipe(untracked()).subscribe();
    expect(source.observed).toBe(true);
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
    let made = 0;
    const counting = range(0, 100).pipe(tap(() => (made += 1)));
    counting.pipe(untracked(), take(3)).subscribe();
    expect(made).toBe(3);
  });

  it('can be used several times', () => {
    const operator = untracked<number>();
    const told: number[] = [];
    of(1)
      .pipe(operator)
      .subscribe((n) => told.push(n));
    of(2)
      .pipe(operator)
      .subscribe((n) => told.push(n));
    expect(told).toEqual([1, 2]);
  });

  it.each<[string, (inbox: Observable<number>) => Observable<number>]>([
    ['right there', (values) => values],
    [
      'behind others',
      (values) =>
        values.pipe(
          map((n) => n),
          mergeMap((n) => [n]),
        ),
    ],
    ['by share', (values) => values.pipe(share())],
    ['by an inner Observable', (values) => of(1).pipe(switchMap(() => values))],
  ])('lets a source above it run that is subscribed %s', (_, above) => {
    const inbox = new Inbox(...numbers(10));
    const stage = new Stage(1);
    const subscription = above(inbox.values)
      .pipe(
        untracked(),
        map((n) => n),
        stage.take(),
      )
      .subscribe();
    expect(inbox.read).toEqual(numbers(10));
    expect(stage.ungoverned).toEqual(numbers(10));
    subscription.unsubscribe();
  });

  it('reaches what is subscribed later', () => {
    const inbox = new Inbox(...numbers(10));
    const [stage, start] = [new Stage(1), new Subject<void>()];
    const subscription = start
      .pipe(
        switchMap(() => inbox.values),
        untracked(),
        stage.take(),
      )
      .subscribe();
    start.next();
    expect(inbox.read).toEqual(numbers(10));
    subscription.unsubscribe();
  });

  it('does not reach what is above a consumer above it', () => {
    const inbox = new Inbox(...numbers(10));
    const subscription = inbox.values.pipe(new Stage(3).take(), untracked(), new Stage(1).take()).subscribe();
    expect(inbox.read).toEqual([0, 1, 2]);
    subscription.unsubscribe();
  });
});

it('as the option `demand: null` says the same of one source', () => {
  const stage = new Stage(1);
  let made = 0;
  const free = fromIterable(
    {
      *[Symbol.iterator]() {
        while (made < 10) yield made++;
      },
    },
    { demand: null },
  );
  const subscription = free.pipe(stage.take()).subscribe();
  expect(made).toBe(10);
  expect(() => fromIterable([], { demand: 7 as never })).toThrow(/what demand\(\) gives, or null, got 7/);
  subscription.unsubscribe();
});
