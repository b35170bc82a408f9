import fc from 'fast-check';
import { EMPTY, map, NEVER, Observable, of, pipe, range, repeat, retry, Subject, take, tap, throwError } from 'rxjs';
import { OptionError, pacedMap, teeBy } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { heard, Inbox, numbers, Stage } from '../demand/stages.js';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

const parity = (n: number): number => n % 2;

/** Sinks that keep what they get, by key. */
function kept() {
  const got = new Map<number, number[]>();
  const made: number[] = [];
  const sink = (key: number) => {
    made.push(key);
    const mine = got.get(key) ?? [];
    got.set(key, mine);
    return tap<number>((n) => mine.push(n));
  };
  return { got, made, sink };
}

it('gives each value to the sink of its key, made once, and emits it', () => {
  const { got, made, sink } = kept();
  const { told, observer } = heard();
  range(1, 5).pipe(teeBy(parity, sink)).subscribe(observer);
  expect(told).toEqual(['1', '2', '3', '4', '5', 'complete']);
  expect(made).toEqual([1, 0]);
  expect(Object.fromEntries(got)).toEqual({ 0: [2, 4], 1: [1, 3, 5] });
});

it.each<[string, Observable<number>, string[]]>([
  ['never', NEVER, []],
  ['empty', EMPTY, ['complete']],
  ['one', of(1), ['1', 'complete']],
  ['an error', throwError(() => new Error('failure')), ['error failure']],
])('of %s', (_, source, expected) => {
  const { told, observer } = heard();
  source.pipe(teeBy(parity, kept().sink)).subscribe(observer).unsubscribe();
  expect(told).toEqual(expected);
});

it('leaves its source and its branches with its consumer', () => {
  const [source, branch] = [new Subject<number>(), new Subject<void>()];
  const sink = () => (): Observable<void> => branch;
  const subscription = source.pipe(teeBy(parity, sink)).subscribe();
  source.next(1);
  expect([source.observed, branch.observed]).toEqual([true, true]);
  subscription.unsubscribe();
  expect([source.observed, branch.observed]).toEqual([false, false]);
});

it('takes no more of a synchronous source than take asks for, and can be used twice', () => {
  let pulled = 0;
  const { made, sink } = kept();
  const operator = teeBy(parity, sink);
  for (let i = 0; i < 2; i += 1) {
    range(0, 100)
      .pipe(
        tap(() => (pulled += 1)),
        operator,
        take(3),
      )
      .subscribe();
  }
  expect([pulled, made]).toEqual([6, [0, 1, 0, 1]]);
});

it.each<[string, (n: number) => number, (key: number) => (source: Observable<number>) => Observable<unknown>]>([
  ['key', () => fail(), () => (source) => source],
  ['sink', parity, () => fail()],
  ['the operator of a sink', parity, () => () => fail()],
  ['a branch', parity, () => (source) => source.pipe(map(fail))],
])('gives what %s throws as an error, and leaves its source', (_, key, sink) => {
  const source = new Subject<number>();
  const { told, observer } = heard();
  source.pipe(teeBy(key, sink)).subscribe(observer);
  source.next(1);
  expect(told.at(-1)).toBe('error on purpose');
  expect(source.observed).toBe(false);
});

function fail(): never {
  throw new Error('on purpose');
}

it('makes another branch where one has completed, and waits for all to drain', () => {
  const made: number[] = [];
  const ends: (() => void)[] = [];
  const drains = (source: Observable<number>): Observable<number> =>
    new Observable((subscriber) => {
      const subscription = source.subscribe({ complete: () => ends.push(() => subscriber.complete()) });
      return () => subscription.unsubscribe();
    });
  const sink = (key: number) => {
    made.push(key);
    return key === 0 ? take<number>(1) : drains;
  };
  const source = new Subject<number>();
  const { told, observer } = heard();
  source.pipe(teeBy(parity, sink)).subscribe(observer);
  for (const n of [0, 1, 2]) source.next(n);
  expect(made).toEqual([0, 1, 0]);
  source.complete();
  expect(told).toEqual(['0', '1', '2']);
  for (const end of ends) end();
  expect(told.at(-1)).toBe('complete');
});

describe('demand', () => {
  it('is that of the slowest sink, and of the consumer below', () => {
    const inbox = new Inbox(...numbers(100));
    const sinks = [new Stage(10), new Stage(2)];
    const below = new Stage(50);
    const subscription = inbox.values
      .pipe(
        teeBy(parity, (key) => sinks[key]!.take<number>()),
        below.take(),
      )
      .subscribe();
    expect(inbox.read).toEqual([0, 1, 2, 3]); // and the odd ones have no room any more
    sinks[1]!.give(1);
    expect(inbox.read).toEqual(numbers(6));
    sinks[1]!.give(50);
    expect(inbox.read).toEqual(numbers(19)); // nor have the even ones
    sinks[0]!.give(50);
    expect(inbox.read.length).toBe(50);
    for (const stage of [...sinks, below]) expect(stage.ungoverned).toEqual([]);
    subscription.unsubscribe();
  });

  it('counts what nobody asked for where it waits', () => {
    const source = new Subject<number>();
    const stalled = (key: number) =>
      pacedMap<number, Observable<never>>(() => NEVER, { maxBuffered: key === 0 ? 5 : 2000 });
    const errors: unknown[] = [];
    const { told, observer } = heard();
    source.pipe(teeBy(parity, stalled)).subscribe({ ...observer, error: (error: unknown) => errors.push(error) });
    for (let n = 1; n < 100; n += 2) source.next(n);
    expect([errors, told]).toEqual([[], []]);
    for (let n = 0; n < 14; n += 2) source.next(n);
    expect(errors).toEqual([expect.objectContaining({ code: 'ERR_OVERFLOW', limit: 5, consumer: 'pacedMap' })]);
  });

  it('loses and doubles nothing, whatever the keys are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 50 }), fc.array(fc.nat(5), { maxLength: 100 }), (keys, turns) => {
        const inbox = new Inbox(...keys.map((key, n) => ({ key, n }))).end();
        const sinks = numbers(6).map(() => new Stage(1));
        const { told, observer } = heard();
        const operator = teeBy<{ key: number; n: number }, number>(
          ({ key }) => key,
          (key) => sinks[key]!.take(),
        );
        inbox.values
          .pipe(
            operator,
            map(({ n }) => n),
          )
          .subscribe(observer);
        for (const turn of turns) sinks[turn]!.give();
        for (const sink of sinks) sink.give(50);
        expect(told).toEqual([...keys.map((_, n) => String(n)), 'complete']);
        for (const [key, { taken }] of sinks.entries()) {
          expect(taken).toEqual(keys.flatMap((of_, n) => (of_ === key ? [{ key, n }] : [])));
        }
      }),
    );
  });
});

it.each([
  [
    'errors and is retried',
    pipe(
      tap((n: number) => n === 2 && fail()),
      retry(),
    ),
  ],
  ['completes and is repeated', pipe(take<number>(1), repeat())],
])('a branch that %s gets the next value, and none again', (_, sink) => {
  const seen: number[] = [];
  const { told, observer } = heard();
  of(1, 2, 3)
    .pipe(
      teeBy(
        () => 'all',
        () =>
          pipe(
            tap((n: number) => {
              if (seen.push(n) > 9) throw new Error('again and again');
            }),
            sink,
          ),
      ),
    )
    .subscribe(observer);
  expect(seen).toEqual([1, 2, 3]);
  expect(told.slice(0, 3)).toEqual(['1', '2', '3']);
});

it('refuses wrong arguments at the call', () => {
  expect(() => teeBy(7 as never, kept().sink)).toThrow(OptionError);
  expect(() => teeBy(parity, undefined as never)).toThrow(/teeBy: sink must be a function, got undefined/);
});
