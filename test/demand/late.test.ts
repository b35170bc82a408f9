import * as rx from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { arriving } from './support/feeds.js';
import { numbers, pass } from './support/proofs.js';
import { SlowConsumer } from './support/SlowConsumer.js';

// Time stands still in the library, so that no turn of the event loop is ever used up; the rest goes by fake timers.
vi.mock('../../src/rx/defaultClock.js', async () => {
  const { FakeClock } = await import('../helpers/FakeClock.js');
  return { defaultClock: new FakeClock() };
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Source = rx.Observable<unknown>;
/** Makes a pipeline that subscribes to its source when `go` says so, or by a timer. */
type Late = (source: Source, go: rx.Observable<void>) => Source;

const fail = rx.throwError(() => new Error('on purpose'));

/** RxJS's operators, each with a source that is subscribed when the consumer has long subscribed. */
const late: Readonly<Record<string, Late>> = {
  map: (s, go) => go.pipe(rx.switchMap(() => s.pipe(rx.map((x) => x)))),
  filter: (s, go) =>
    go.pipe(
      rx.mergeMap(() => s),
      rx.filter(() => true),
    ),
  scan: (s, go) => go.pipe(rx.concatMap(() => s.pipe(rx.scan((_, x) => x)))),
  bufferCount: (s, go) =>
    go.pipe(
      rx.mergeMap(() => s),
      rx.bufferCount(1),
    ),
  pairwise: (s, go) => go.pipe(rx.mergeMap(() => s.pipe(rx.startWith(-1), rx.pairwise()))),
  take: (s, go) => go.pipe(rx.exhaustMap(() => s.pipe(rx.take(100)))),
  merge: (s, go) => rx.merge(rx.NEVER, go.pipe(rx.mergeMap(() => s))),
  mergeAll: (s, go) =>
    go.pipe(
      rx.map(() => s),
      rx.mergeAll(),
    ),
  concat: (s, go) => rx.concat(go.pipe(rx.take(1), rx.ignoreElements()), s),
  concatAll: (s, go) =>
    go.pipe(
      rx.map(() => s),
      rx.concatAll(),
    ),
  race: (s, go) => rx.race(rx.NEVER, go.pipe(rx.switchMap(() => s))),
  zip: (s, go) => go.pipe(rx.switchMap(() => rx.zip(s, rx.range(0, 1000)))),
  combineLatest: (s, go) => go.pipe(rx.switchMap(() => rx.combineLatest([s, rx.of(1)]))),
  withLatestFrom: (s, go) => go.pipe(rx.switchMap(() => s.pipe(rx.withLatestFrom(rx.of(1))))),
  defer: (s, go) => go.pipe(rx.switchMap(() => rx.defer(() => s))),
  iif: (s, go) => go.pipe(rx.switchMap(() => rx.iif(() => true, s, rx.EMPTY))),
  using: (s, go) =>
    go.pipe(
      rx.switchMap(() =>
        rx.using(
          () => new rx.Subscription(),
          () => s,
        ),
      ),
    ),
  switchMap: (s, go) => go.pipe(rx.switchMap(() => s)),
  switchAll: (s, go) =>
    go.pipe(
      rx.map(() => s),
      rx.switchAll(),
    ),
  mergeMap: (s, go) => go.pipe(rx.mergeMap(() => s)),
  concatMap: (s, go) => go.pipe(rx.concatMap(() => s)),
  exhaustMap: (s, go) => go.pipe(rx.exhaustMap(() => s)),
  expand: (s, go) =>
    go.pipe(
      rx.take(1),
      rx.expand((x) => (x === undefined ? s : rx.EMPTY)),
      rx.skip(1),
    ),
  catchError: (s, go) => rx.concat(go.pipe(rx.take(1), rx.ignoreElements()), fail).pipe(rx.catchError(() => s)),
  'retry({ delay })': (s, go) => {
    let tries = 0;
    return rx.defer(() => (tries++ === 0 ? fail : s)).pipe(rx.retry({ delay: () => go }));
  },
  'repeat({ delay })': (s, go) => {
    let rounds = 0;
    return rx.defer(() => (rounds++ === 0 ? rx.EMPTY : s)).pipe(rx.repeat({ count: 2, delay: () => go }));
  },
  'timeout({ with })': (s) => rx.NEVER.pipe(rx.timeout({ first: 5, with: () => s })),
  groupBy: (s, go) =>
    go.pipe(
      rx.switchMap(() => s),
      rx.groupBy((x) => (x as number) % 2),
      rx.mergeAll(),
    ),
  window: (s, go) =>
    go.pipe(
      rx.switchMap(() => s),
      rx.windowCount(3),
      rx.mergeAll(),
    ),
  delay: (s, go) =>
    go.pipe(
      rx.delay(3),
      rx.switchMap(() => s),
    ),
  subscribeOn: (s) => s.pipe(rx.subscribeOn(rx.asyncScheduler, 3)),
  timer: (s) => rx.timer(3).pipe(rx.mergeMap(() => s)),
  promise: (s, go) =>
    go.pipe(
      rx.switchMap(() => Promise.resolve(s)),
      rx.switchAll(),
    ),
};

describe.each(Object.entries(late))('a source that %s subscribes late', (_, build) => {
  it('is read as far as there is room', async () => {
    const fed = arriving(1)(numbers(1000));
    const consumer = new SlowConsumer({ concurrency: 1, maxBuffered: 0 });
    const go = new rx.Subject<void>();
    consumer.consume(build(fed.source, go));
    go.next();
    await pass(100);

    expect([consumer.started.length, fed.reads]).toEqual([1, 1]);
    for (let room = 2; room < 10; room += 1) {
      consumer.finish();
      await pass(10);
      expect([consumer.started.length, fed.reads]).toEqual([room, room]);
    }
    expect(consumer.error).toBeUndefined();
  });
});

it('changes as often as somebody chooses another source', async () => {
  const feeds = [0, 1, 2].map((which) => arriving(1)(numbers(1000, which * 1000)));
  const consumer = new SlowConsumer({ concurrency: 1, maxBuffered: 1 });
  const choice = new rx.BehaviorSubject(0);
  consumer.consume(choice.pipe(rx.switchMap((which) => feeds[which]!.source)));
  for (const which of [0, 1, 2, 1, 0]) {
    choice.next(which);
    const before = feeds[which]!.reads;
    await pass(50);
    expect(feeds[which]!.reads - before).toBeLessThanOrEqual(1); // the consumer is busy all the time: one ahead
    consumer.finish();
    await pass(10);
  }
  expect(consumer.error).toBeUndefined();
});

describe('who subscribes on the occasion of a value of another pipeline', () => {
  it('is held by its own consumer, not by that of the other', async () => {
    const [alarms, video] = [arriving(1)(numbers(1000)), arriving(1)(numbers(1000))];
    const alarm$ = new rx.Subject<number>();
    const [archive, screen] = [new SlowConsumer({ concurrency: 1 }), new SlowConsumer({ concurrency: 5 })];
    screen.consume(alarm$.pipe(rx.switchMap(() => video.source)));
    archive.consume(alarms.source.pipe(rx.tap(alarm$)));
    await pass(100);

    expect([alarms.reads, video.reads]).toEqual([1, 5]);
    screen.finish();
    await pass(10);
    expect([alarms.reads, video.reads]).toEqual([1, 6]);
  });

  it.each(['first', 'last'])('is held by nobody where it has no consumer, whether it subscribes %s', async (when) => {
    const prices = arriving(1)(numbers(1000));
    const archive = new SlowConsumer({ concurrency: 1 });
    let seen = 0;
    const screen = (): rx.Subscription => prices.source.subscribe(() => (seen += 1));
    const early = when === 'first' ? screen() : undefined;
    archive.consume(prices.source);
    await pass(10);
    const subscription = early ?? screen();
    await pass(90);
    subscription.unsubscribe();
    expect(archive.started.length).toBe(1);
    expect(seen).toBe(when === 'first' ? 100 : 90);
  });
});
