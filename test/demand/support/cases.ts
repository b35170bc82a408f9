import * as rx from 'rxjs';
import { bounded, demand, fromIterable, iterate, latest, pacedMap, tee, teeBy, untracked } from 'rxzmq';
import { expect, onTestFinished, vi } from 'vitest';
import { arriving, stored } from './feeds.js';
import {
  asksNobody,
  type Build,
  hoards,
  numbers,
  oneAhead,
  overflows,
  pass,
  passes,
  type Proof,
  readsOnly,
  readsToTheEnd,
  thinsOut,
} from './proofs.js';
import { SlowConsumer } from './SlowConsumer.js';

/** What there is to prove for each name of a table, by the table's heading. */
export type Cases = Readonly<Record<string, Proof | readonly Proof[]>>;

const fail = (): never => {
  throw new Error('on purpose');
};
const even = (value: unknown): boolean => (value as number) % 2 === 0;
const later = <T>(value: T): rx.Observable<T> => rx.timer(5).pipe(rx.map(() => value));
const twice = (value: number): number[] => [value, value];
const half = (room: number): number => Math.ceil(room / 2);

/** Fails once, after ten values. */
const failingOnce = (a: rx.Observable<number>): rx.Observable<number> => {
  let failed = false;
  return a.pipe(
    rx.tap((value) => {
      if (value !== 10 || failed) return;
      failed = true;
      fail();
    }),
  );
};
const failing = (a: rx.Observable<number>): rx.Observable<number> =>
  rx.concat(a.pipe(rx.take(10)), rx.throwError(fail));

const passing: Cases = {
  map: passes((a) => a.pipe(rx.map((x) => -x))),
  tap: passes((a) => a.pipe(rx.tap(() => undefined))),
  scan: passes((a) => a.pipe(rx.scan((sum, x) => sum + x, 0))),
  timestamp: passes((a) =>
    a.pipe(
      rx.timestamp(),
      rx.map(({ value }) => value),
    ),
  ),
  timeInterval: passes((a) =>
    a.pipe(
      rx.timeInterval(),
      rx.map(({ value }) => value),
    ),
  ),
  materialize: passes((a) => a.pipe(rx.materialize())),
  dematerialize: passes((a) => a.pipe(rx.materialize(), rx.dematerialize())),
  finalize: passes((a) => a.pipe(rx.finalize(() => undefined))),
  defaultIfEmpty: passes((a) => a.pipe(rx.defaultIfEmpty(-1))),
  throwIfEmpty: passes((a) => a.pipe(rx.throwIfEmpty())),

  filter: passes((a) => a.pipe(rx.filter(even)), { reads: (room) => 2 * room - 1 }),
  skip: passes((a) => a.pipe(rx.skip(2)), { reads: (room) => room + 2 }),
  skipWhile: passes((a) => a.pipe(rx.skipWhile((x) => x < 2)), { reads: (room) => room + 2 }),
  skipUntil: passes((a) => a.pipe(rx.skipUntil(rx.of(1)))),
  distinct: passes((a) => a.pipe(rx.distinct((x) => x >> 1)), { reads: (room) => 2 * room - 1 }),
  distinctUntilChanged: passes(
    (a) =>
      a.pipe(
        rx.map((x) => x >> 1),
        rx.distinctUntilChanged(),
      ),
    {
      reads: (room) => 2 * room - 1,
    },
  ),
  distinctUntilKeyChanged: passes(
    (a) =>
      a.pipe(
        rx.map((x) => ({ x: x >> 1 })),
        rx.distinctUntilKeyChanged('x'),
      ),
    {
      reads: (room) => 2 * room - 1,
    },
  ),

  take: [passes((a) => a.pipe(rx.take(10))), readsOnly(3, (a) => a.pipe(rx.take(3)))],
  takeWhile: passes((a) => a.pipe(rx.takeWhile((x) => x < 10))),
  takeUntil: passes((a) => a.pipe(rx.takeUntil(rx.timer(1e6)))),
  first: readsOnly(1, (a) => a.pipe(rx.first())),
  elementAt: readsOnly(4, (a) => a.pipe(rx.elementAt(3))),
  find: readsOnly(6, (a) => a.pipe(rx.find((x) => x === 5))),
  findIndex: readsOnly(6, (a) => a.pipe(rx.findIndex((x) => x === 5))),
  isEmpty: readsOnly(1, (a) => a.pipe(rx.isEmpty())),
  every: readsOnly(6, (a) => a.pipe(rx.every((x) => x < 5))),

  bufferCount: [
    passes((a) => a.pipe(rx.bufferCount(3)), { reads: (room) => 3 * room }),
    passes((a) => a.pipe(rx.bufferCount(3, 1)), { reads: (room) => Math.min(room + 2, 40) }),
  ],
  pairwise: passes((a) => a.pipe(rx.pairwise()), { reads: (room) => room + 1 }),
  skipLast: passes((a) => a.pipe(rx.skipLast(3)), { reads: (room) => room + 3 }),

  groupBy: passes((a) =>
    a.pipe(
      rx.groupBy((x) => x % 3),
      rx.mergeAll(),
    ),
  ),
  window: passes((a) => a.pipe(rx.window(rx.interval(7)), rx.mergeAll())),
  windowCount: [
    passes((a) => a.pipe(rx.windowCount(3), rx.mergeAll())),
    passes((a) => a.pipe(rx.windowCount(3), rx.mergeMap(rx.toArray())), { reads: (room) => 3 * room }),
  ],
  windowTime: passes((a) => a.pipe(rx.windowTime(7), rx.mergeAll())),
  windowToggle: passes((a) =>
    a.pipe(
      rx.windowToggle(rx.of(1), () => rx.NEVER),
      rx.mergeAll(),
    ),
  ),
  windowWhen: passes((a) =>
    a.pipe(
      rx.windowWhen(() => rx.timer(7)),
      rx.mergeAll(),
    ),
  ),

  reduce: [
    readsToTheEnd((a) => a.pipe(rx.reduce((sum, x) => sum + x, 0))),
    oneAhead((a) => a.pipe(rx.reduce((sum, x) => sum + x, 0))),
  ],
  count: readsToTheEnd((a) => a.pipe(rx.count())),
  max: readsToTheEnd((a) => a.pipe(rx.max())),
  min: readsToTheEnd((a) => a.pipe(rx.min())),
  last: readsToTheEnd((a) => a.pipe(rx.last())),
  single: readsToTheEnd((a) => a.pipe(rx.single((x) => x === 5))),
  takeLast: readsToTheEnd((a) => a.pipe(rx.takeLast(1))),
  toArray: readsToTheEnd((a) => a.pipe(rx.toArray())),
  ignoreElements: readsToTheEnd((a) => a.pipe(rx.ignoreElements())),
  forkJoin: readsToTheEnd((a, b) => rx.forkJoin([a, b]), 80),

  merge: passes((a, b) => rx.merge(a, b), { interleaved: true }),
  mergeWith: passes((a, b) => a.pipe(rx.mergeWith(b)), { interleaved: true }),
  mergeAll: passes((a, b) => rx.of(a, b).pipe(rx.mergeAll()), { interleaved: true }),
  partition: passes((a) => rx.merge(...rx.partition(a.pipe(rx.map((x) => (even(x) ? x : x + 1000))), even)), {
    atMost: (room) => 2 * room + 2,
    interleaved: true,
  }),
  race: passes((a, b) => rx.race(a, b)),
  raceWith: passes((a, b) => a.pipe(rx.raceWith(b))),

  concat: passes((a, b) => rx.concat(a, b)),
  concatWith: passes((a, b) => a.pipe(rx.concatWith(b))),
  concatAll: passes((a, b) => rx.of(a, b).pipe(rx.concatAll())),
  startWith: passes((a) => a.pipe(rx.startWith(-1)), { reads: (room) => room - 1 }),
  endWith: passes((a) => a.pipe(rx.endWith(-1)), { reads: (room) => Math.min(room, 40) }),
  repeat: passes((a) => a.pipe(rx.repeat(2))),
  retry: passes((a) => failingOnce(a).pipe(rx.retry(1)), { reads: (room) => (room > 10 ? room + 1 : room) }),
  catchError: passes((a, b) => failing(a).pipe(rx.catchError(() => b))),
  'retry({ delay })': passes((a) => failingOnce(a).pipe(rx.retry({ count: 1, delay: 5 })), {
    reads: (room) => (room > 10 ? room + 1 : room),
  }),
  'repeat({ delay })': passes((a) => a.pipe(rx.repeat({ count: 2, delay: 5 }))),

  defer: passes((a) => rx.defer(() => a)),
  iif: passes((a, b) => rx.iif(() => true, a, b)),
  using: passes((a) =>
    rx.using(
      () => ({ unsubscribe: () => undefined }),
      () => a,
    ),
  ),

  'mergeMap(f => [f, f])': passes((a) => a.pipe(rx.mergeMap(twice)), { reads: half }),
  'concatMap(f => [f, f])': passes((a) => a.pipe(rx.concatMap(twice)), { reads: half }),
  'switchMap(f => [f, f])': passes((a) => a.pipe(rx.switchMap(twice)), { reads: half }),
  'exhaustMap(f => [f, f])': passes((a) => a.pipe(rx.exhaustMap(twice)), { reads: half }),
  'mergeScan(f => of(f))': passes((a) => a.pipe(rx.mergeScan((sum, x) => rx.of(sum + x), 0))),
  'switchScan(f => of(f))': passes((a) => a.pipe(rx.switchScan((sum, x) => rx.of(sum + x), 0))),
  'expand(f => of(f))': passes((a) => a.pipe(rx.expand((x) => (x < 1000 ? rx.of(x + 1000) : rx.EMPTY))), {
    reads: half,
  }),

  'mergeMap(() => source)': passes((a, b) => rx.of(a, b).pipe(rx.mergeMap((s) => s)), { interleaved: true }),
  'concatMap(() => source)': passes((a, b) => rx.of(a, b).pipe(rx.concatMap((s) => s))),
  'switchMap(() => source)': [
    passes((a) => rx.of(1).pipe(rx.switchMap(() => a))),
    passes(
      (a, b) =>
        rx
          .concat(
            a.pipe(
              rx.take(10),
              rx.map(() => rx.EMPTY),
            ),
            rx.of(b),
          )
          .pipe(rx.switchMap((s) => s)),
      {
        reads: (room) => room + 10,
      },
    ),
  ],
  'exhaustMap(() => source)': passes((a) => rx.of(rx.EMPTY, a).pipe(rx.exhaustMap((s) => s))),
  switchAll: passes((a) => rx.of(rx.EMPTY, a).pipe(rx.switchAll())),
  exhaustAll: passes((a) => rx.of(rx.EMPTY, a).pipe(rx.exhaustAll())),

  'timer(ms).pipe(mergeMap(() => source))': passes((a) => rx.timer(5).pipe(rx.mergeMap(() => a))),
  'timer(ms).pipe(switchMap(() => source))': passes((a) => rx.timer(5).pipe(rx.switchMap(() => a))),
  'concat(timer(ms), source)': passes((a) => rx.concat(rx.timer(5).pipe(rx.ignoreElements()), a)),
  'timeout({ with })': passes((a) => rx.NEVER.pipe(rx.timeout({ first: 5, with: () => a }))),
  subscribeOn: passes((a) => a.pipe(rx.subscribeOn(rx.asyncScheduler))),

  share: passes((a) => a.pipe(rx.share())),
  shareReplay: passes((a) => a.pipe(rx.shareReplay({ bufferSize: 1, refCount: true }))),
  connect: passes((a) => a.pipe(rx.connect((shared) => rx.merge(shared, shared))), { reads: half }),
};

/** Values every ms; the consumer takes arrays that are not empty, and is full after four of them. */
const spans = (buffer: rx.OperatorFunction<number, number[]>): readonly Proof[] => [
  async () => {
    const fed = arriving(1)(numbers(2000));
    const consumer = new SlowConsumer({ maxBuffered: 50 });
    consumer.consume(fed.source.pipe(buffer));
    await pass(200);
    const { reads } = fed;
    await pass(1000);

    expect(consumer.started.slice(0, 4).flat()).toEqual(numbers(consumer.started.slice(0, 4).flat().length));
    expect(fed.reads).toBe(reads); // held
    expect(consumer.error).toMatchObject({ code: 'ERR_OVERFLOW' }); // all the same: of empty arrays
  },
  async () => {
    const fed = arriving(1)(numbers(200));
    const consumer = new SlowConsumer({ maxBuffered: 1 });
    consumer.consume(
      fed.source.pipe(
        buffer,
        rx.filter((values) => values.length > 0),
      ),
    );
    await pass(1000);

    expect(consumer.started.length).toBe(4);
    expect(fed.reads).toBeLessThan(50);
    while (!consumer.completed) {
      expect(consumer.error).toBeUndefined();
      consumer.finish();
      await pass(10);
    }
    expect(consumer.done.flat()).toEqual(numbers(200));
  },
];

/** Until each has a value, the other is read on; after that both wait for room. */
const combined = (build: Build): readonly Proof[] => [
  async () => {
    const [a, b] = [arriving(1)(numbers(400)), arriving(50)(numbers(20, 1000))];
    const consumer = new SlowConsumer({ maxBuffered: 0 });
    consumer.consume(build(a.source, b.source));
    await pass(49);

    expect(a.reads).toBe(49); // for nothing
    await pass(300);
    expect(consumer.started[0]).toEqual([expect.toSatisfy((x: number) => x >= 48), 1000]);
    expect([consumer.started.length, a.reads + b.reads <= 49 + 5]).toEqual([4, true]);
    consumer.finish();
    await pass(10);
    expect([consumer.started.length, a.reads + b.reads <= 49 + 6]).toEqual([5, true]);
    expect(consumer.error).toBeUndefined();
  },
  async () => {
    const [a, b] = [arriving(1)(numbers(40)), arriving(5)(numbers(40, 1000))];
    const consumer = new SlowConsumer({ maxBuffered: 0 });
    consumer.consume(build(a.source.pipe(rx.startWith(-1)), b.source.pipe(rx.startWith(-1))));
    await pass(100);

    expect(consumer.started.length).toBe(4);
    expect([3, 4, 5]).toContain(a.reads + b.reads); // each may be one ahead
    while (!consumer.completed) {
      consumer.finish();
      await pass(10);
    }
    expect([consumer.error, a.reads, b.reads, consumer.done.length]).toEqual([undefined, 40, 40, 81]);
  },
];

/** All of the source for one value. */
const laterOnly = (flatten: (project: (x: number) => rx.Observable<number>) => rx.OperatorFunction<number, number>) => [
  async () => {
    const fed = stored(numbers(200));
    const consumer = new SlowConsumer();
    consumer.consume(fed.source.pipe(flatten(later)));
    await pass(20);

    expect(fed.reads).toBe(200);
    while (consumer.finish());
    expect(consumer.done.length).toBe(1);
  },
];

/** The first of them is held; each further one begins in a stall, and is one value ahead. */
const resumed = (build: Build): Proof => passes(build, { atMost: (room) => room + 1 });

const partly: Cases = {
  onErrorResumeNext: resumed((a, b) => rx.onErrorResumeNext(a, b)),
  onErrorResumeNextWith: resumed((a, b) => failing(a).pipe(rx.onErrorResumeNextWith(b))),

  debounce: thinsOut((a) => a.pipe(rx.debounce(() => rx.timer(1))), 3),
  debounceTime: thinsOut((a) => a.pipe(rx.debounceTime(1)), 3),
  audit: thinsOut((a) => a.pipe(rx.audit(() => rx.timer(5))), 1),
  auditTime: thinsOut((a) => a.pipe(rx.auditTime(5)), 1),
  sample: thinsOut((a) => a.pipe(rx.sample(rx.interval(5))), 1),
  sampleTime: thinsOut((a) => a.pipe(rx.sampleTime(5)), 1),
  throttle: [
    thinsOut((a) => a.pipe(rx.throttle(() => rx.timer(5))), 1),
    thinsOut((a) => a.pipe(rx.throttle(() => rx.timer(5), { leading: true, trailing: true })), 1),
  ],
  throttleTime: [
    thinsOut((a) => a.pipe(rx.throttleTime(5)), 1),
    thinsOut((a) => a.pipe(rx.throttleTime(5, undefined, { leading: true, trailing: true })), 1),
  ],

  buffer: spans(rx.buffer(rx.interval(5))),
  bufferTime: spans(rx.bufferTime(5)),
  bufferWhen: spans(rx.bufferWhen(() => rx.timer(5))),
  bufferToggle: spans(rx.bufferToggle(rx.timer(0, 5), () => rx.timer(5))),

  timeout: [
    passes((a) => a.pipe(rx.timeout({ first: 50 }))),
    async () => {
      const fed = arriving(1)(numbers(40));
      const consumer = new SlowConsumer();
      consumer.consume(fed.source.pipe(rx.timeout({ each: 100 })));
      await pass(99);
      expect([fed.reads, consumer.error]).toEqual([4, undefined]);
      await pass(10);
      expect(consumer.error).toBeInstanceOf(rx.TimeoutError);
    },
  ],

  combineLatest: combined((a, b) => rx.combineLatest([a, b])),
  combineLatestWith: combined((a, b) => a.pipe(rx.combineLatestWith(b))),
  combineLatestAll: combined((a, b) => rx.of(a, b).pipe(rx.combineLatestAll())),

  withLatestFrom: [
    async () => {
      const [a, b] = [arriving(10)(numbers(400)), arriving(1)(numbers(400, 1000))];
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      consumer.consume(a.source.pipe(rx.withLatestFrom(b.source)));
      await pass(300);
      const { reads } = b;

      expect([consumer.started.length, a.reads]).toEqual([4, 4]);
      expect(reads).toBeLessThan(50);
      await pass(50);
      expect([a.reads, b.reads]).toEqual([4, reads]); // held as well, and what it gave last gets old
    },
    async () => {
      const [a, b] = [arriving(10)(numbers(400)), arriving(1)(numbers(400, 1000))];
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      consumer.consume(a.source.pipe(rx.withLatestFrom(b.source.pipe(untracked()))));
      await pass(300);

      expect([a.reads, b.reads]).toEqual([4, 300]);
      consumer.finish();
      expect(consumer.started[4]).toEqual([4, 1299]);
    },
  ],

  'takeUntil(source)': [
    async () => {
      const [a, stop] = [arriving(1)(numbers(400)), arriving(100)([0])];
      const consumer = new SlowConsumer();
      consumer.consume(a.source.pipe(rx.takeUntil(stop.source)));
      await pass(300);
      expect([a.reads, stop.reads]).toEqual([4, 1]); // it is heard
      while (consumer.finish());
      expect([a.reads, consumer.done.length, consumer.completed]).toEqual([4, 4, true]);
    },
    async () => {
      const [a, control] = [arriving(1)(numbers(400)), arriving(100)(numbers(3))];
      const consumer = new SlowConsumer();
      const stop = (values: rx.Observable<number>): rx.Observable<number> => values.pipe(rx.filter((n) => n === 2));
      consumer.consume(a.source.pipe(rx.takeUntil(stop(control.source))));
      await pass(1000);
      expect(control.reads).toBe(1); // the first thing it says is no stop

      const [b, free] = [arriving(1)(numbers(400)), arriving(100)(numbers(3))];
      const other = new SlowConsumer();
      other.consume(b.source.pipe(rx.takeUntil(stop(free.source).pipe(untracked()))));
      await pass(1000);
      expect(free.reads).toBe(3);
      while (other.finish());
      expect([b.reads, other.completed]).toEqual([4, true]);
    },
    async () => {
      const [a, stop] = [arriving(1)(numbers(400)), arriving(100)([0])];
      const consumer = new SlowConsumer();
      consumer.consume(a.source.pipe(rx.takeUntil(stop.source.pipe(untracked()))));
      await pass(300);
      expect(stop.reads).toBe(1);
      while (consumer.finish());
      expect([a.reads, consumer.done.length, consumer.completed]).toEqual([4, 4, true]);
    },
    async () => {
      const [a, stop] = [arriving(1)(numbers(400)), arriving(100)([0])];
      const consumer = new SlowConsumer();
      let completed = false;
      const ended = a.source.pipe(consumer.operator, rx.takeUntil(stop.source));
      ended.subscribe({ complete: () => (completed = true) });
      await pass(300);
      expect([a.reads, stop.reads, completed]).toEqual([4, 1, true]);
    },
  ],

  'switchMap(f => later)': [
    ...laterOnly((project) => rx.switchMap(project)),
    async () => {
      const fed = arriving(1)(numbers(400));
      const consumer = new SlowConsumer({ concurrency: 1, maxBuffered: 0 });
      consumer.consume(fed.source.pipe(latest()));
      await pass(99);
      consumer.finish();
      expect([fed.reads, consumer.started]).toEqual([99, [0, 98]]);
    },
  ],
  'exhaustMap(f => later)': laterOnly((project) => rx.exhaustMap(project)),
  'switchScan(f => later)': laterOnly((project) => rx.switchScan((_, x) => project(x), 0)),
};

/** Both branches work; the second has no say in how fast the source is read, unless they are branches of `tee`. */
const secondOverflows =
  (build: (a: rx.Observable<number>) => rx.Observable<number>): Proof =>
  async () => {
    const fed = arriving(1)(numbers(200));
    const [first, second] = [new SlowConsumer(), new SlowConsumer({ maxBuffered: 10 })];
    const shared = build(fed.source);
    first.consume(shared);
    second.consume(shared);
    await pass(50);

    expect([first.started.length, second.started.length, fed.reads]).toEqual([4, 4, 4]); // the first one stalls
    for (let i = 0; i < 20; i += 1) first.finish();
    expect(fed.reads).toBeGreaterThan(14);
    expect(first.error).toBeUndefined();
    expect(second.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10 });
  };

/** The second subscriber alone is left, and has no say. */
const leavesAlone: Proof = async () => {
  const fed = arriving(1)(numbers(200));
  const [first, second] = [new SlowConsumer(), new SlowConsumer({ maxBuffered: 10 })];
  const shared = fed.source.pipe(rx.share());
  const subscription = first.consume(shared);
  second.consume(shared);
  await pass(50);
  expect([fed.reads, second.error]).toEqual([4, undefined]);

  subscription.unsubscribe();
  await pass(50);
  expect(second.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10 });
};

const byTee: Proof = async () => {
  const fed = arriving(1)(numbers(40));
  const [first, second] = [new SlowConsumer(), new SlowConsumer({ maxBuffered: 0 })];
  let completed = false;
  const joined = fed.source.pipe(tee(first.operator, second.operator));
  const subscription = joined.subscribe({ complete: () => (completed = true) });
  onTestFinished(() => subscription.unsubscribe());
  await pass(50);

  while (first.finish());
  expect([fed.reads, second.started.length]).toEqual([4, 4]); // each of them holds it
  while (!completed) {
    first.finish();
    second.finish();
    await pass(1);
  }
  expect([fed.reads, first.started, second.started]).toEqual([40, numbers(40), numbers(40)]);
};

/** What to use instead of a delay: an inner stream for each, of which so many may run. */
const pacedBy = (delay: rx.MonoTypeOperatorFunction<number>): Proof =>
  passes((a) => a.pipe(pacedMap((x) => rx.of(x).pipe(delay), { concurrency: 3 })), { atMost: (room) => room + 3 });

/** Forty numbers, and how many of them were read. */
function counting(): Iterable<number> & { readonly reads: number } {
  let reads = 0;
  return {
    *[Symbol.iterator]() {
      for (const x of numbers(40)) {
        reads += 1;
        yield x;
      }
    },
    get reads() {
      return reads;
    },
  };
}

/** What is subscribed later is given the demand by hand. */
const byHand: Proof = async () => {
  const inner = counting();
  const consumer = new SlowConsumer({ maxBuffered: 0 });
  consumer.consume(
    rx.defer(() => {
      const below = demand();
      return rx.timer(5).pipe(rx.mergeMap(() => fromIterable(inner, { demand: below })));
    }),
  );
  await pass(100);

  for (let room = 4; room < 40; room += 1) {
    expect([inner.reads, consumer.started.length]).toEqual([room, room]);
    consumer.finish();
  }
  while (consumer.finish());
  expect(consumer.done).toEqual(numbers(40));
};

/** The same from a projection, where `demand` answers too. */
const inProjection: Proof = async () => {
  const inner = counting();
  const consumer = new SlowConsumer({ maxBuffered: 0 });
  const shared = (): rx.Observable<number> => fromIterable(inner, { demand: demand() }).pipe(rx.share());
  consumer.consume(arriving(1)([0]).source.pipe(rx.mergeMap(shared)));
  await pass(100);

  expect([inner.reads, consumer.started.length]).toEqual([4, 4]);
  while (!consumer.completed) {
    consumer.finish();
    await pass(5);
  }
  expect(consumer.done).toEqual(numbers(40));
};

/** Made by hand: whom it feeds is anybody's guess. */
const byCallbacks = <T>(source: rx.Observable<T>): rx.Observable<T> =>
  new rx.Observable((subscriber) =>
    source.subscribe({
      next: (value) => subscriber.next(value),
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
/** Made by hand as well, but hands its subscriber on. */
const handOver = <T>(source: rx.Observable<T>): rx.Observable<T> =>
  new rx.Observable((subscriber) => source.subscribe(subscriber));

/** The source is held by the consumer at the end alone, which those inside starve. */
const inside =
  (
    build: (a: rx.Observable<number>, consumer: rx.OperatorFunction<unknown, unknown>) => rx.Observable<unknown>,
  ): Proof =>
  async () => {
    const fed = stored(numbers(200));
    const stalled = new SlowConsumer({ maxBuffered: 10 });
    const end = new SlowConsumer();
    end.consume(build(fed.source, stalled.operator));
    await pass(100);
    expect(end.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10, consumer: 'pacedMap' });
    expect(fed.reads).toBeGreaterThan(14);
  };

const byTeeBy: Proof = async () => {
  const fed = arriving(1)(numbers(40));
  const sinks = [new SlowConsumer({ maxBuffered: 0 }), new SlowConsumer({ maxBuffered: 0 })] as const;
  let completed = false;
  const sorted = fed.source.pipe(
    teeBy(
      (x) => x % 2,
      (which) => sinks[which as 0 | 1].operator,
    ),
  );
  const subscription = sorted.subscribe({ complete: () => (completed = true) });
  onTestFinished(() => subscription.unsubscribe());
  await pass(100);

  expect(fed.reads).toBeLessThanOrEqual(8);
  while (sinks[0].finish()) await pass(1);
  expect(fed.reads).toBeLessThanOrEqual(8); // the other one holds it
  while (!completed) {
    for (const sink of sinks) sink.finish();
    await pass(1);
  }
  expect(sinks.map(({ started }) => started)).toEqual(
    [0, 1].map((which) => numbers(40).filter((x) => x % 2 === which)),
  );
};

const pairs = numbers(40).map((x) => [x, x + 1000]);
/** Each input is read to its end, into an array of the operator; `iterate` reads a second one when it is its turn. */
const zipped = (build: Build): readonly Proof[] => [
  async () => {
    const [a, b] = [stored(numbers(200)), arriving(10)(numbers(200, 1000))];
    const consumer = new SlowConsumer({ maxBuffered: 0 });
    consumer.consume(build(a.source, b.source));
    await pass(200);

    expect([a.reads, b.reads, consumer.started.length]).toEqual([200, 4, 4]);
  },
  async () => {
    const [a, b] = [arriving(1)(numbers(40)), stored(numbers(41, 1000))];
    const consumer = new SlowConsumer({ maxBuffered: 0 });
    const other = iterate(b.source);
    const both = a.source.pipe(
      pacedMap((x) => other.next().then(({ value }) => [x, value])),
      rx.finalize(() => void other.return?.()),
    );
    consumer.consume(both);
    await pass(100);

    expect(consumer.started.length).toBe(4);
    expect([a.reads, b.reads]).toEqual([4, 4]);
    while (!consumer.completed) {
      consumer.finish();
      await pass(5);
    }
    expect(consumer.done).toEqual(pairs);
  },
];

const pacedInstead: Proof = passes((a) => a.pipe(pacedMap((x) => later(x), { concurrency: 2 })), {
  atMost: (room) => room + 2,
});

const breaking: Cases = {
  'concatMap(f => later)': [
    hoards((a) => a.pipe(rx.concatMap(later)), 200),
    overflows((a) => a.pipe(rx.concatMap(later))),
    pacedInstead,
  ],
  'mergeMap(f => later)': [overflows((a) => a.pipe(rx.mergeMap(later))), pacedInstead],
  'mergeScan(f => later)': overflows((a) => a.pipe(rx.mergeScan((_, x) => later(x), 0))),
  'expand(f => later)': overflows((a) =>
    a.pipe(
      rx.expand((x) => (x < 1000 ? later(x + 1000) : rx.EMPTY)),
      rx.filter((x) => x >= 1000),
    ),
  ),
  'concatMap(f => of(f).pipe(consumer))': [
    overflows((a) => a.pipe(rx.concatMap((x) => rx.of(x).pipe(pacedMap(later))))),
    passes((a) => a.pipe(pacedMap((x) => rx.of(x).pipe(pacedMap(later)))), { atMost: (room) => room + 1 }),
  ],
  'source.pipe(mergeMap(() => source))': [
    hoards((a) => a.pipe(rx.mergeMap((x) => arriving(1)([x]).source))),
    passes((a) => a.pipe(pacedMap((x) => fromIterable([x]))), { atMost: (room) => room + 1 }),
  ],

  delay: [overflows((a) => a.pipe(rx.delay(5))), pacedBy(rx.delay(5))],
  delayWhen: [overflows((a) => a.pipe(rx.delayWhen(() => rx.timer(5)))), pacedBy(rx.delayWhen(() => rx.timer(5)))],
  observeOn: [overflows((a) => a.pipe(rx.observeOn(rx.asyncScheduler))), pacedBy(rx.observeOn(rx.asyncScheduler))],

  scheduled: overflows((a) => rx.scheduled(a, rx.asyncScheduler)),
  'timer(ms).pipe(mergeMap(() => source.pipe(share())))': [
    overflows((a) => rx.timer(5).pipe(rx.mergeMap(() => a.pipe(rx.share())))),
    overflows((a) => rx.timer(5).pipe(rx.mergeMap(() => a.pipe(rx.shareReplay())))),
    overflows((a) => rx.timer(5).pipe(rx.switchMap(() => a.pipe(rx.connect((shared) => shared))))),
    overflows((a) => rx.timer(5).pipe(rx.mergeMap(() => byCallbacks(a)))),
    passes((a) => rx.timer(5).pipe(rx.mergeMap(() => handOver(a)))),
    byHand,
    inProjection,
  ],
  'groupBy, consumers inside': [
    inside((a, consumer) =>
      a.pipe(
        rx.groupBy((x) => x % 2),
        rx.mergeMap((group) => group.pipe(consumer)),
      ),
    ),
    byTeeBy,
  ],
  'window, consumers inside': [
    inside((a, consumer) =>
      a.pipe(
        rx.windowCount(100),
        rx.mergeMap((window) => window.pipe(consumer)),
      ),
    ),
  ],

  'share, its second subscriber': [secondOverflows((a) => a.pipe(rx.share())), leavesAlone, byTee],
  'shareReplay, its second subscriber': [secondOverflows((a) => a.pipe(rx.shareReplay())), byTee],
  'connect, consumers inside': async () => {
    const fed = arriving(1)(numbers(200));
    const [first, second] = [new SlowConsumer({ maxBuffered: 10 }), new SlowConsumer({ maxBuffered: 10 })];
    const both = fed.source.pipe(
      rx.connect((shared) => rx.merge(shared.pipe(first.operator), shared.pipe(second.operator))),
    );
    const error = rx.firstValueFrom(
      both.pipe(
        rx.toArray(),
        rx.catchError((e: unknown) => rx.of(e)),
      ),
    );
    await pass(300);
    expect(await error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10 });
    await byTee();
  },
  connectable: async () => {
    const fed = arriving(1)(numbers(200));
    const consumer = new SlowConsumer({ maxBuffered: 10 });
    const hot = rx.connectable(fed.source);
    consumer.consume(hot);
    const connection = hot.connect();
    onTestFinished(() => connection.unsubscribe());
    await pass(300);
    expect(fed.reads).toBe(200);
    expect(consumer.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10 });
    await byTee();
  },

  zip: zipped((a, b) => rx.zip(a, b)),
  zipWith: zipped((a, b) => a.pipe(rx.zipWith(b))),
  zipAll: zipped((a, b) => rx.of(a, b).pipe(rx.zipAll())),
  sequenceEqual: async () => {
    const [a, b] = [stored(numbers(200)), arriving(10)(numbers(200))];
    const consumer = new SlowConsumer();
    consumer.consume(a.source.pipe(rx.sequenceEqual(b.source)));
    await pass(50);
    expect([a.reads, b.reads]).toEqual([200, 5]);
  },
};

const emitter = new EventTarget();
const handlers = new Set<(value: unknown) => void>();
const subject = new rx.Subject<unknown>();

/** `latest` and `bounded` above the consumer, instead of an error. */
const tamed = (make: () => rx.Observable<unknown>, emit: () => void = () => undefined): readonly Proof[] =>
  [latest<unknown>(), bounded<unknown>(5, 'drop-newest'), bounded<unknown>(5, 'drop-oldest')].map(
    (operator) => async () => {
      const consumer = new SlowConsumer({ maxBuffered: 0 });
      consumer.consume(make().pipe(operator));
      for (let i = 0; i < 100; i += 1) emit();
      await pass(500);
      expect(consumer.error).toBeUndefined();
      expect(consumer.started.length).toBe(4);
      consumer.finish();
      expect(consumer.started.length).toBe(5);
    },
  );

const unasking = (make: () => rx.Observable<unknown>, emit?: () => void): readonly Proof[] => [
  asksNobody(make, emit),
  ...tamed(make, emit),
];

const silent: Cases = {
  from: [
    ...unasking(() => rx.from(numbers(100))),
    passes((a) => a), // fromIterable
  ],
  of: unasking(() => rx.of(...numbers(100))),
  range: unasking(() => rx.range(0, 100)),
  generate: unasking(() =>
    rx.generate(
      0,
      (x) => x < 100,
      (x) => x + 1,
    ),
  ),
  interval: unasking(() => rx.interval(1)),
  timer: unasking(() => rx.timer(0, 1)),
  animationFrames: () => {
    vi.stubGlobal('requestAnimationFrame', (callback: (at: number) => void) => setTimeout(() => callback(0), 16));
    vi.stubGlobal('cancelAnimationFrame', clearTimeout);
    onTestFinished(() => void vi.unstubAllGlobals());
    return asksNobody(() => rx.animationFrames())();
  },
  fromEvent: unasking(
    () => rx.fromEvent(emitter, 'x'),
    () => emitter.dispatchEvent(new Event('x')),
  ),
  fromEventPattern: unasking(
    () =>
      rx.fromEventPattern(
        (handler) => handlers.add(handler),
        (handler) => handlers.delete(handler),
      ),
    () => {
      for (const handler of [...handlers]) handler(1);
    },
  ),
  Subject: unasking(
    () => subject,
    () => subject.next(1),
  ),
  bindCallback: passes(() => rx.bindCallback((give: (x: number) => void) => give(1))()),
  bindNodeCallback: passes(() => rx.bindNodeCallback((give: (e: null, x: number) => void) => give(null, 1))()),
  throwError: async () => {
    const consumer = new SlowConsumer();
    consumer.consume(rx.throwError(() => new Error('none')));
    expect(consumer.error).toMatchObject({ message: 'none' });
  },
};

/** By the headings of the tables. */
export const cases: Readonly<Record<string, Cases>> = {
  'Pass demand on': passing,
  'Pass it on, with something to know': partly,
  'Break it': breaking,
  'Ask nobody': silent,
};
