import { concat, filter, merge, mergeMap, NEVER, of, range, Subject, take, tap, throwError } from 'rxjs';
import { bounded, OptionError, OverflowError, pacedMap } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';

const policies = ['error', 'drop-oldest', 'drop-newest'] as const;

describe('as an operator, with a consumer that takes all', () => {
  it.each([
    ['never', '--- ', '---  ', '^--!  '],
    ['empty', '--| ', '--|  ', '^-!   '],
    ['one', '-a-| ', '-a-| ', '^--!  '],
    ['many', '-ab(cdef)-|', '-ab(cdef)-|', '^---------!'],
    ['an error', '-a-#', '-a-# ', '^--!  '],
  ])('%s', (name, source, expected, held) =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      for (const policy of policies) {
        const buffer = bounded<string>(1, policy); // one value, used twice
        for (const input of [cold(source.trim()), cold(source.trim())]) {
          expectObservable(input.pipe(buffer), name === 'never' ? '---!' : undefined).toBe(expected.trim());
          expectSubscriptions(input.subscriptions).toBe(held.trim());
        }
      }
    })(),
  );

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    const { told, observer } = heard();
    range(0, 1_000_000)
      .pipe(
        tap(() => (pulled += 1)),
        bounded(5),
        take(3),
      )
      .subscribe(observer);
    expect(pulled).toBe(3);
    expect(told).toEqual(['0', '1', '2', 'complete']);
  });

  it('is in no way of many', () => {
    let got = 0;
    range(0, 100_000)
      .pipe(bounded(1))
      .subscribe(() => (got += 1));
    expect(got).toBe(100_000);
  });
});

it('refuses wrong arguments at the call', () => {
  expect(() => bounded(0)).toThrow(OptionError);
  expect(() => bounded(1.5)).toThrow(/bounded: size must be an integer from 1/);
  expect(() => bounded(undefined as never)).toThrow(/size/);
  expect(() => bounded(1, 'drop-latest' as never)).toThrow(/policy must be .*drop-newest/);
});

describe('a consumer without room', () => {
  it('gets what the policy kept, in order, place by place', () => {
    const kept = {
      error: undefined,
      'drop-oldest': [0, 4, 5, 6],
      'drop-newest': [0, 1, 2, 3],
    };
    for (const policy of policies) {
      const source = new Subject<number>();
      const stage = new Stage(1);
      const { told, observer } = heard();
      source.pipe(bounded(3, policy), stage.take()).subscribe(observer);
      for (const n of numbers(4)) source.next(n);
      expect(told).toEqual(['0']);
      for (const n of [4, 5, 6]) source.next(n);
      if (policy === 'error') {
        expect(told).toEqual(['0', expect.stringMatching(/^error bounded: more than 3 values wait/)]);
        expect(source.observed).toBe(false);
        continue;
      }
      expect(told).toEqual(['0']);
      for (let i = 2; i <= 4; i += 1) {
        stage.give();
        expect(stage.taken).toEqual(kept[policy].slice(0, i));
      }
      stage.give(2);
      source.next(7);
      expect(stage.taken).toEqual([...kept[policy], 7]);
      expect(stage.ungoverned).toEqual([]); // it asked before it gave
    }
  });

  it('errors unless told otherwise, with how many may wait', () => {
    const errors: unknown[] = [];
    const source = new Subject<number>();
    source.pipe(bounded(2), new Stage(0).take()).subscribe({ error: (error: unknown) => errors.push(error) });
    for (const n of numbers(2)) source.next(n);
    expect(errors).toEqual([]);
    source.next(2);
    expect(errors).toEqual([expect.any(OverflowError)]);
    expect(errors[0]).toMatchObject({ limit: 2 });
  });

  it(
    'in time',
    marbles(({ hot, cold, run, expectObservable, expectSubscriptions }) => {
      const input = cold('  -abcd------e----|');
      const room = hot('    ------1----1-1--1-'); // and one from the beginning
      const kept = '        -a----c----d-e--|';
      const stage = new Stage(1);
      run(room.pipe(tap(() => stage.give())));
      expectObservable(input.pipe(bounded(2, 'drop-oldest'), stage.take())).toBe(kept);
      expectSubscriptions(input.subscriptions).toBe('^---------------!');
    }),
  );

  it('is waited for on completion, and an error passes at once', () => {
    for (const failing of [false, true]) {
      const source = new Subject<number>();
      const stage = new Stage(0);
      const { told, observer } = heard();
      source.pipe(bounded(5), stage.take()).subscribe(observer);
      source.next(1);
      source.next(2);
      if (failing) {
        source.error(new Error('failure'));
        expect(told).toEqual(['error failure']);
      } else {
        source.complete();
        stage.give();
        expect(told).toEqual(['1']);
        stage.give();
        expect(told).toEqual(['1', '2', 'complete']);
      }
    }
  });

  it('that leaves takes the buffer with it, and what waits for room', () => {
    const source = new Subject<number>();
    const stage = new Stage(0);
    const subscription = source.pipe(bounded(5), stage.take()).subscribe();
    source.next(1);
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
    stage.give();
    expect(stage.taken).toEqual([]);
  });

  it('that feeds the source while it is called keeps the order', () => {
    const source = new Subject<number>();
    const { told, observer } = heard();
    const stage = new Stage(100);
    source
      .pipe(
        bounded(10),
        stage.take(),
        tap((n) => {
          if (n < 3) source.next(n + 1);
        }),
      )
      .subscribe(observer);
    source.next(0);
    expect(stage.taken).toEqual([0, 1, 2, 3]);
    source.complete();
    expect(told.at(-1)).toBe('complete');
  });
});

describe('a source that asks', () => {
  it.each(policies)('is held back and loses nothing, with %s', (policy) => {
    const inbox = new Inbox(...numbers(20)).end();
    const stage = new Stage(2);
    const { told, observer } = heard();
    inbox.values.pipe(bounded(3, policy), stage.take()).subscribe(observer);
    expect(inbox.read).toHaveLength(5); // 2 taken, 3 wait
    for (let n = 6; n <= 20; n += 1) {
      stage.give();
      expect(inbox.read).toHaveLength(n);
    }
    stage.give(3);
    expect(told).toEqual([...numbers(20).map(String), 'complete']);
  });

  it('fills the buffer while its consumer has no room at all', () => {
    const inbox = new Inbox(...numbers(20));
    const subscription = inbox.values.pipe(bounded(4), new Stage(0).take()).subscribe();
    expect(inbox.read).toHaveLength(4);
    subscription.unsubscribe();
  });

  it('decouples two consumers: the one above works while the one below has no room', () => {
    const inbox = new Inbox(...numbers(20));
    const below = new Stage(0);
    const done: number[] = [];
    const subscription = inbox.values
      .pipe(
        pacedMap((n) => of(n)),
        tap((n) => done.push(n)),
        bounded(4),
        below.take(),
      )
      .subscribe();
    expect(done).toEqual([0, 1, 2, 3]);
    below.give(2);
    expect(done).toEqual([0, 1, 2, 3, 4, 5]);
    subscription.unsubscribe();
  });
});

describe('others that wait for the same room', () => {
  it('get what it has no use for, as its values are filtered below it', () => {
    const other = new Inbox(...numbers(3).map((n) => n + 100));
    const source = new Subject<number>();
    const stage = new Stage(0);
    const subscription = merge(source.pipe(bounded(5)), other.values)
      .pipe(
        filter((n) => n > 50),
        stage.take(),
      )
      .subscribe();
    for (const n of numbers(3)) source.next(n);
    stage.give();
    expect(stage.taken).toEqual([100]);
    stage.give();
    expect(stage.taken).toEqual([100, 101]);
    subscription.unsubscribe();
  });

  it('get it also when it completes then', () => {
    const other = new Inbox(...numbers(3).map((n) => n + 100));
    const stage = new Stage(0);
    const subscription = merge(concat(of(1, 2)).pipe(bounded(5)), other.values)
      .pipe(
        filter((n) => n > 50),
        stage.take(),
      )
      .subscribe();
    stage.give();
    expect(stage.taken).toEqual([100]);
    subscription.unsubscribe();
  });

  it('get their turns', () => {
    const other = new Inbox(...numbers(10).map((n) => n + 100));
    const mine = new Inbox(...numbers(10));
    const stage = new Stage(0);
    const subscription = merge(mine.values.pipe(bounded(2)), other.values)
      .pipe(stage.take())
      .subscribe();
    stage.give(10);
    expect(stage.taken.filter((n) => (n as number) < 100)).toEqual([0, 1, 2, 3, 4]);
    expect(stage.taken.filter((n) => (n as number) >= 100)).toEqual([100, 101, 102, 103, 104]);
    subscription.unsubscribe();
  });

  it('get it when it is left', () => {
    const other = new Inbox(100);
    const stop = new Subject<never>();
    const stage = new Stage(0);
    const left = concat(of(1), NEVER).pipe(bounded(5));
    const subscription = stage.take()(merge(left, other.values)).subscribe();
    subscription.add(stop.subscribe());
    stage.give(2);
    expect(stage.taken).toEqual([1, 100]);
    subscription.unsubscribe();
  });
});

it('gives on what an error stands behind', () => {
  const { told, observer } = heard();
  concat(
    of(1, 2),
    throwError(() => new Error('failure')),
  )
    .pipe(
      bounded(2),
      mergeMap((n) => of(n)),
    )
    .subscribe(observer);
  expect(told).toEqual(['1', '2', 'error failure']);
});
