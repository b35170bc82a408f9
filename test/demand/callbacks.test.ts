import { defer, firstValueFrom, map, type Observable, of, Subject, switchMap, tap, timer } from 'rxjs';
import {
  convertSamples,
  type Demand,
  demand,
  fromPull,
  gaps,
  iterate,
  pacedMap,
  reply,
  request,
  text,
  toPush,
} from 'rxzmq';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { counted } from '../helpers/signals.js';
import { Inbox, numbers, Stage } from './stages.js';

const codec = text;
let url = '';
let urls = 0;

beforeEach(() => void (url = `inproc://callbacks-${(urls += 1)}`));

/** What a callback finds while the consumer below is full, and what becomes of sources that it subscribes and feeds. */
function looking(below: Stage) {
  const found: unknown[] = [];
  let heard = (): void => undefined;
  const called = new Promise<void>((resolve) => (heard = resolve));
  const stranger = new Inbox(...numbers(10));
  const [choice, inner, own] = [new Subject<void>(), new Inbox(...numbers(10)), new Stage(1)];
  listen(
    choice.pipe(
      switchMap(() => inner.values),
      own.take(),
    ),
  );
  return {
    called,
    found,
    stranger,
    inner,
    look: <T>(value: T): T => {
      if (found.push(demand()) > 1) return value;
      below.places = 0;
      stranger.values.subscribe();
      choice.next(); // another pipeline, with a consumer of its own
      heard();
      return value;
    },
  };
}

function listen(source: Observable<unknown>): void {
  const subscription = source.subscribe({ error: () => undefined });
  onTestFinished(() => subscription.unsubscribe());
}

type Look = <T>(value: T) => T;

const invalid = {
  encode: (x: string) => [new TextEncoder().encode(x)],
  decode: (): string => {
    throw new Error('no');
  },
};
const ask = (): void =>
  listen(
    timer(1).pipe(
      map(() => '?'),
      request(url, { codec }),
    ),
  );

/** Pipelines with a callback, and a consumer below. */
const callbacks: Readonly<Record<string, (look: Look, stage: Stage) => Observable<unknown>>> = {
  'handler of reply': (look, stage) => (ask(), reply(url, look, { codec }).pipe(stage.take())),
  'answer of reply': (look, stage) => (
    ask(),
    reply(url, (q) => defer(() => of(look(q))), { codec }).pipe(stage.take())
  ),
  'project of request': (look, stage) => {
    listen(reply(url, (q) => q, { codec }));
    return of('?').pipe(request(url, { codec, project: look }), stage.take());
  },
  'onTimeout of request': (look, stage) =>
    of('?').pipe(request(url, { codec, timeoutMs: 1, onTimeout: look }), stage.take()),
  'status of fromPull': (look, stage) => fromPull(url, { codec, bind: true, status: look }).pipe(stage.take()),
  'status of toPush': (look, stage) => of('x').pipe(toPush(url, { codec, status: look }), stage.take()),
  'onInvalid of fromPull': (look, stage) => {
    listen(of('x').pipe(toPush(url, { codec })));
    return fromPull(url, { codec: invalid, onInvalid: look }).pipe(stage.take());
  },
  'project of pacedMap': (look, stage) =>
    new Inbox('x').values.pipe(
      pacedMap((x) => of(look(x))),
      stage.take(),
    ),
  'onGap of gaps': (look, stage) =>
    new Inbox(counted([0]), counted([0], { sequence: 5 })).values.pipe(gaps({ onGap: look }), stage.take()),
  'onSaturated of convertSamples': (look, stage) =>
    new Inbox(counted([32767])).values.pipe(convertSamples('ci8', { onSaturated: look }), stage.take()),
  'a notification': (look, stage) => new Inbox('x').values.pipe(tap(look), stage.take()),
};

it.each(Object.entries(callbacks))('%s: demand() answers, and holds nothing unasked', async (_, build) => {
  const stage = new Stage(2);
  const { called, found, stranger, inner, look } = looking(stage);
  listen(build(look, stage));
  await called;

  expect((found[0] as Demand | undefined)?.hasRoom).toBeTypeOf('function');
  expect(stranger.read).toEqual(numbers(10)); // of no consumer
  expect(inner.read).toEqual([0]); // of its own one
  expect(demand()).toBeUndefined();
});

it('a reply may be any library’s Observable; strings and arrays are the reply', async () => {
  const foreign = (value: string): object => ({
    '@@observable': () => ({
      subscribe: (observer: { next(value: string): void }) => {
        observer.next(value);
        return { unsubscribe: () => undefined };
      },
    }),
  });
  const answers: Record<string, unknown> = {
    foreign: foreign('foreign'),
    own: of('own'),
    later: Promise.resolve('later'),
    plain: 'plain',
  };
  listen(reply('inproc://any', (asked: string) => answers[asked] as string, { codec }));
  for (const asked of Object.keys(answers)) {
    expect(await firstValueFrom(of(asked).pipe(request('inproc://any', { codec })))).toBe(asked);
  }
});

it('iterate takes what RxJS takes for an Observable, and asks iterables for each value', async () => {
  const all = async (source: Parameters<typeof iterate<number>>[0]): Promise<number[]> => {
    const got: number[] = [];
    for await (const value of iterate(source)) got.push(value);
    return got;
  };
  async function* later(): AsyncGenerator<number> {
    yield* [1, 2];
  }
  expect(await all(Promise.resolve(1))).toEqual([1]);
  expect(await all(new Set([1, 2]))).toEqual([1, 2]);
  expect(await all(later())).toEqual([1, 2]);
  expect(await all({ length: 2, 0: 1, 1: 2 })).toEqual([1, 2]);
  expect(await all(numbers(5000))).toEqual(numbers(5000)); // more than may wait unasked
  let made = 0;
  const iterator = iterate({
    *[Symbol.iterator]() {
      for (;;) yield made++;
    },
  });
  expect(await iterator.next()).toEqual({ done: false, value: 0 });
  expect(made).toBe(1);
  await iterator.return?.();
});

it('pacedMap takes whatever comes with concurrency Infinity, and is held by what is below all the same', () => {
  const [inbox, stage] = [new Inbox(...numbers(100)), new Stage(3)];
  listen(
    inbox.values.pipe(
      pacedMap((n) => of(n), { concurrency: Infinity }),
      stage.take(),
    ),
  );
  expect(inbox.read).toEqual([0, 1, 2]);
  let running = 0;
  listen(
    new Inbox(...numbers(100)).values.pipe(
      pacedMap(() => defer(() => ((running += 1), new Subject())), { concurrency: Infinity }),
    ),
  );
  expect(running).toBe(100);
  expect(() => pacedMap((n: number) => of(n), { concurrency: NaN })).toThrow(/or Infinity, got NaN/);
});
