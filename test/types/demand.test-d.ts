import { interval, map, type MonoTypeOperatorFunction, type Observable, of, type OperatorFunction } from 'rxjs';
import {
  bounded,
  type BufferPolicy,
  demand,
  type Demand,
  type Frame,
  fromIterable,
  fromPull,
  iterate,
  latest,
  pacedMap,
  tee,
  text,
  toPub,
  toPush,
  untracked,
} from 'rxzmq';
import { describe, expectTypeOf, it } from 'vitest';

const url = 'tcp://127.0.0.1:5555';
declare const texts: Observable<string>;

describe('pacedMap', () => {
  it('gives what its inner streams give', () => {
    expectTypeOf(texts.pipe(pacedMap((value) => of(value.length)))).toEqualTypeOf<Observable<number>>();
    expectTypeOf(texts.pipe(pacedMap(async (value) => value.length))).toEqualTypeOf<Observable<number>>();
    expectTypeOf(texts.pipe(pacedMap((value) => [value.length, true]))).toEqualTypeOf<Observable<number | boolean>>();
    expectTypeOf(texts.pipe(pacedMap((value, index) => of(value + String(index))))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(pacedMap((value: string) => of(value.length))).toEqualTypeOf<OperatorFunction<string, number>>();
    async function* letters(value: string) {
      yield* value;
    }
    expectTypeOf(texts.pipe(pacedMap(letters, { concurrency: 2 }))).toEqualTypeOf<Observable<string>>();
  });

  it('refuses what is none, and unknown options', () => {
    // @ts-expect-error -- a number cannot be subscribed
    texts.pipe(pacedMap((value) => value.length));
    // @ts-expect-error -- a string has no toFixed
    texts.pipe(pacedMap((value) => of(value.toFixed())));
    // @ts-expect-error -- no such option
    pacedMap(() => of(1), { concurency: 2 });
    // @ts-expect-error -- a demand is what demand() gives
    pacedMap(() => of(1), { demand: {} });
    // @ts-expect-error -- how it stands in the chain is its own affair
    pacedMap(() => of(1), { joins: false });
    pacedMap(() => of(1), { concurrency: undefined, demand: undefined, maxBuffered: undefined, ordered: undefined });
  });
});

describe('tee', () => {
  it('leaves the type as it is', () => {
    expectTypeOf(texts.pipe(tee(toPush(url, { codec: text }), toPub(url, { codec: text })))).toEqualTypeOf<
      Observable<string>
    >();
    expectTypeOf(fromPull(url).pipe(tee(toPush(url)))).toEqualTypeOf<Observable<Frame>>();
    expectTypeOf(texts.pipe(tee())).toEqualTypeOf<Observable<string>>();
    expectTypeOf(
      texts.pipe(
        tee((feed) =>
          feed.pipe(
            map((value) => value.length),
            pacedMap(async (length) => length),
          ),
        ),
      ),
    ).toEqualTypeOf<Observable<string>>();
  });

  it('refuses sinks of something else', () => {
    // @ts-expect-error -- a string is no frame
    texts.pipe(tee(toPush(url)));
    // @ts-expect-error -- nor is an Observable an operator
    texts.pipe(tee(texts));
  });
});

describe('bounded and latest', () => {
  it('leave the type as it is', () => {
    expectTypeOf(texts.pipe(bounded(2), latest())).toEqualTypeOf<Observable<string>>();
    expectTypeOf(bounded<number>(1)).toEqualTypeOf<MonoTypeOperatorFunction<number>>();
    expectTypeOf(latest<number>()).toEqualTypeOf<MonoTypeOperatorFunction<number>>();
    expectTypeOf<BufferPolicy>().toEqualTypeOf<'error' | 'drop-oldest' | 'drop-newest'>();
  });

  it('refuse other policies, and no size', () => {
    // @ts-expect-error -- no such word
    bounded(1, 'drop');
    // @ts-expect-error -- a size is needed
    bounded();
    // @ts-expect-error -- there is nothing to choose
    latest(2);
  });
});

describe('iterate and fromIterable', () => {
  it('give the values of each other', async () => {
    for await (const value of iterate(texts)) expectTypeOf(value).toEqualTypeOf<string>();
    expectTypeOf(iterate(texts)).toExtend<AsyncIterableIterator<string>>();
    expectTypeOf(iterate(texts)).toExtend<AsyncDisposable>();
    expectTypeOf(fromIterable([1, 2])).toEqualTypeOf<Observable<number>>();
    expectTypeOf(fromIterable(iterate(texts))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(fromIterable('ab')).toEqualTypeOf<Observable<string>>();
    async function* numbers() {
      yield 1;
    }
    expectTypeOf(fromIterable(numbers())).toEqualTypeOf<Observable<number>>();
    await using all = iterate(texts, { signal: AbortSignal.timeout(1), maxBuffered: 5 });
    expectTypeOf((await all.next()).value).toEqualTypeOf<string | undefined>();
  });

  it('refuse what is none', () => {
    // @ts-expect-error -- a number is nothing to iterate
    iterate(1);
    // @ts-expect-error -- no such option
    iterate(texts, { max: 1 });
    // @ts-expect-error -- an Observable is no iterable
    fromIterable(texts);
    // @ts-expect-error -- a demand is what demand() gives
    fromIterable([1], { demand: true });
  });
});

describe('demand and untracked', () => {
  it('are given by hand', () => {
    expectTypeOf(demand()).toEqualTypeOf<Demand | undefined>();
    fromPull(url, { demand: demand() });
    texts.pipe(toPush(url, { codec: text, demand: demand() }));
    fromIterable([1], { demand: demand() });
    expectTypeOf(untracked(() => interval(1).subscribe())).toEqualTypeOf<ReturnType<Observable<number>['subscribe']>>();
    expectTypeOf(untracked(() => 1 as const)).toEqualTypeOf<1>();
    // @ts-expect-error -- it takes a function
    untracked(texts);
  });
});
