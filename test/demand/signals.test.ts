/* eslint-disable rxjs-x/no-unsafe-takeuntil -- a stop above a consumer is what these tests are about */
import * as rx from 'rxjs';
import { bounded, fromIterable, fromPull, fromSub, latest, pacedMap, text, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { marbles } from '../helpers/marbles.js';
import { Inbox, numbers, Stage } from './stages.js';

const options = { codec: text, driver: 'engine' } as const; // virtual time has no other
type Data = rx.Observable<string>;

describe('a stop above a sink without a peer ends it at its default linger, with nothing read', () => {
  it.each<[string, (a: Data, b: Data) => Data]>([
    ['fromPull', (a) => a],
    ['map', (a) => a.pipe(rx.map((x) => x))],
    ['merge', (a, b) => rx.merge(a, b)],
    ['concat', (a, b) => rx.concat(a, b)],
    ['mergeMap', (a) => rx.of(1).pipe(rx.mergeMap(() => a))],
    ['a later mergeMap', (a) => rx.timer(1).pipe(rx.mergeMap(() => a))],
  ])('%s', (_, build) =>
    marbles(({ expectObservable, flush }) => {
      const read: string[] = [];
      const urls = ['inproc://a', 'inproc://b'] as const;
      const feeds = urls.map((url) => rx.of('1', '2').pipe(toPush(url, options)).subscribe());
      const sources = urls.map((url) => fromPull(url, options).pipe(rx.tap((x) => read.push(x))));
      const said = rx
        .timer(200)
        .pipe(
          rx.map(() => 'stop'),
          toPub('inproc://stop', options),
        )
        .subscribe();
      const stopped = build(sources[0]!, sources[1]!).pipe(rx.takeUntil(fromSub('inproc://stop', options)));
      expectObservable(stopped.pipe(toPush('inproc://nobody', options))).toBe('200ms |');
      rx.timer(300).subscribe(() => [...feeds, said].forEach((subscription) => subscription.unsubscribe()));
      flush();
      expect(read).toEqual([]);
    })(),
  );
});

describe('a notifier', () => {
  const notified: Readonly<
    Record<string, (data: rx.Observable<number>, signal: rx.Observable<unknown>) => rx.Observable<unknown>>
  > = {
    takeUntil: (data, signal) => data.pipe(rx.takeUntil(signal)),
    buffer: (data, signal) => data.pipe(rx.buffer(signal), rx.take(1)),
    window: (data, signal) => data.pipe(rx.window(signal), rx.skip(1), rx.take(1)),
    sample: (data, signal) => data.pipe(rx.sample(signal), rx.take(1)),
    'takeUntil behind operators': (data, signal) =>
      data.pipe(
        rx.takeUntil(
          signal.pipe(
            rx.map(() => 1),
            rx.filter(() => true),
          ),
        ),
      ),
    'takeUntil behind bounded': (data, signal) => data.pipe(rx.takeUntil(signal.pipe(bounded(3)))),
    'takeUntil behind latest': (data, signal) => data.pipe(rx.takeUntil(signal.pipe(latest()))),
    'takeUntil behind pacedMap': (data, signal) => data.pipe(rx.takeUntil(signal.pipe(pacedMap((x) => [x])))),
    'takeUntil behind share': (data, signal) => data.pipe(rx.takeUntil(signal.pipe(rx.share()))),
  };

  it.each(Object.entries(notified))('of %s is heard in a stall, once', (_, build) => {
    const [data, signal] = [new Inbox(...numbers(10)), new Inbox<string>()];
    const stage = new Stage(0);
    const subscription = build(data.values, signal.values).pipe(stage.take()).subscribe();
    expect(data.read).toEqual([]);
    signal.push('now', 'and again');
    expect(signal.read.length).toBe(1);
    expect(data.read).toEqual([]);
    subscription.unsubscribe();
  });

  it('is heard once in the next stall as well', () => {
    const signal = new Inbox('a', 'b', 'c', 'd');
    const stage = new Stage(0);
    const quiet = new Inbox<number>(); // it has room to itself
    const subscription = quiet.values
      .pipe(rx.takeUntil(signal.values.pipe(rx.filter((x) => x === 'c'))), stage.take())
      .subscribe();
    expect(signal.read).toEqual(['a']);
    stage.give(1); // as long as there is room, all are heard
    expect(signal.read).toEqual(['a', 'b', 'c']);
    expect(subscription.closed).toBe(true);
  });

  it('is heard in the next stall though the data took all the room between', () => {
    const [data, signal, stage] = [new Inbox(...numbers(10)), new Inbox('a'), new Stage(0)];
    const subscription = data.values
      .pipe(rx.takeUntil(signal.values.pipe(rx.filter((x) => x === 'stop'))), stage.take())
      .subscribe();
    stage.give(2);
    signal.push('stop', 'and again');
    expect([subscription.closed, data.read, signal.read]).toEqual([true, [0, 1], ['a', 'stop']]);
  });

  it.each<[string, (data: Inbox<number>, first: Inbox<string>, stage: Stage) => void]>([
    ['was waited for', (data, _, stage) => (data.push(1), stage.give(1))],
    ['was seen by the first', (data, first, stage) => (stage.give(1), first.push('b'), data.push(1))],
  ])('is heard after another one was in an earlier stall, if room %s between', (_, between) => {
    const [data, first, second] = [new Inbox<number>(), new Inbox('a'), new Inbox('stop')];
    const [stage, choice] = [new Stage(0), new rx.BehaviorSubject(first.values)];
    const stop = choice.pipe(
      rx.switchAll(),
      rx.filter((x) => x === 'stop'),
    );
    const subscription = data.values.pipe(rx.takeUntil(stop), stage.take()).subscribe();
    between(data, first, stage);
    expect([stage.taken, stage.places]).toEqual([[1], 0]);
    choice.next(second.values);
    expect(subscription.closed).toBe(true);
  });

  it('that was heard is no excuse for one after the other', () => {
    const signals = numbers(10).map(() => new Inbox('now'));
    const stage = new Stage(0);
    const chained = signals.reduce<rx.Observable<unknown>>(
      (next, { values }) =>
        values.pipe(
          rx.take(1),
          rx.ignoreElements(),
          rx.endWith(0),
          rx.switchMap(() => next),
        ),
      rx.NEVER,
    );
    const subscription = new Inbox(1).values.pipe(rx.takeUntil(chained), stage.take()).subscribe();
    expect(signals.filter(({ read }) => read.length > 0).length).toBeLessThanOrEqual(2);
    subscription.unsubscribe();
  });
});

it('data of an inner source that begins in a stall is one value ahead, and counts as asked for', () => {
  const [stage, choice] = [new Stage(0), new rx.Subject<number>()];
  const inboxes = [new Inbox(...numbers(10)), new Inbox(...numbers(10))] as const;
  const subscription = choice
    .pipe(
      rx.switchMap((which) => inboxes[which]!.values),
      stage.take(),
    )
    .subscribe();
  choice.next(0);
  expect(inboxes[0].read).toEqual([0]);
  choice.next(1);
  choice.next(0);
  expect([inboxes[0].read, inboxes[1].read]).toEqual([[0], []]); // one in this stall
  stage.give(3);
  expect(stage.ungoverned).toEqual([]);
  subscription.unsubscribe();
});

it('an async iterable that is a signal is asked once in a stall', async () => {
  let asked = 0;
  const waits = { next: () => ((asked += 1), Promise.resolve({ done: false as const, value: asked })) };
  const signal = fromIterable({ [Symbol.asyncIterator]: () => waits });
  const stage = new Stage(0);
  const values: unknown[] = [];
  const heard = signal.pipe(
    rx.tap((x) => values.push(x)),
    rx.filter(() => false),
  );
  const subscription = new Inbox(1).values.pipe(rx.takeUntil(heard), stage.take()).subscribe();
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
  expect([asked, values]).toEqual([1, [1]]);
  subscription.unsubscribe();
});
