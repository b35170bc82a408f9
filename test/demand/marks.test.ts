import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { map, merge, NEVER, type Observable, of, type OperatorFunction, Subject } from 'rxjs';
import {
  align,
  frame,
  type Frame,
  fromPull,
  fromSub,
  type OverflowError,
  openSocket,
  pace,
  pacedMap,
  raw,
  reply,
  request,
  tee,
  teeBy,
  text,
  toPub,
  toPush,
} from 'rxzmq';
import { fromReader, message, toWriter, userData } from 'rxzmq/savant';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../helpers/Statuses.js';
import { Inbox, numbers, settled, Stage } from './stages.js';

const codec = text;
let urls = 0;
const nobody = (): string => `inproc://${(urls += 1)}alone`;
const folder = mkdtempSync(join(tmpdir(), 'marks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Feeds a consumer what nobody asked for, until it errors. */
async function flooded<T>(of_: OperatorFunction<T, unknown>, value: (n: number) => T): Promise<OverflowError> {
  const source = new Subject<T>();
  let error: unknown;
  const subscription = source.pipe(of_).subscribe({ error: (e: unknown) => (error = e) });
  onTestFinished(() => subscription.unsubscribe());
  for (let n = 0; n < 5000 && error === undefined; n += 1) {
    source.next(value(n));
    if (n % 10 === 9) await settled();
  }
  return error as OverflowError;
}

const listen = (source: Observable<unknown>): void => {
  const subscription = source.subscribe();
  onTestFinished(() => subscription.unsubscribe());
};

const word = (n: number): string => `${n}`;
const second = (n: number): Frame => frame(new Float32Array(2), { sampleRate: 1e9, timestampNs: BigInt(n) });

/** Every consumer that passes something on, with all it needs to do so. */
const between: Readonly<Record<string, () => readonly [OperatorFunction<never, unknown>, (n: number) => unknown]>> = {
  pacedMap: () => [pacedMap((x: string) => of(x)), word],
  'pacedMap later': () => [pacedMap((x: string) => Promise.resolve(x), { concurrency: 4 }), word],
  'pacedMap without end': () => [pacedMap((x: string) => of(x), { concurrency: Infinity }), word],
  tee: () => [tee(map((x) => x)), word],
  teeBy: () => [
    teeBy(
      () => 1,
      () => map((x) => x),
    ),
    word,
  ],
  pace: () => [pace(), second],
  align: () => [(source: Observable<Frame>) => align(source, source, { demand: undefined }), second],
  toPush: () => {
    listen(fromPull('inproc://marks-push', { codec }));
    return [toPush('inproc://marks-push', { codec }), word];
  },
  toPub: () => {
    listen(fromSub('inproc://marks-pub', { codec }));
    return [toPub('inproc://marks-pub', { codec }), word];
  },
  request: () => {
    listen(reply('inproc://marks-req', (asked) => asked, { codec }));
    return [request('inproc://marks-req', { codec, concurrency: 8 }), word];
  },
  sink: () => {
    const [push, pull] = [
      openSocket('push').bind('inproc://marks-sink'),
      openSocket('pull').connect('inproc://marks-sink'),
    ];
    listen(pull.messages);
    onTestFinished(() => Promise.all([push.close({ lingerMs: 0 }), pull.close()]).then(() => undefined));
    return [push.sink(), (n) => [new TextEncoder().encode(`${n}`)]];
  },
  toWriter: () => {
    listen(fromReader(`router+bind:ipc://${folder}/writer`));
    return [toWriter(`dealer+connect:ipc://${folder}/writer`), (n) => outgoing(n)];
  },
};

const outgoing = (n: number): unknown => ({ topic: 'cam', message: message(userData(`cam${n}`)) });

describe.each(Object.entries(between))('what nobody asked for goes on through %s', (_, make) => {
  it('with its mark: it is an overflow of the consumer where it waits', async () => {
    const [consumer, value] = make();
    const stalled = pacedMap(() => NEVER, { maxBuffered: 10 });
    const error = await flooded(
      (source: Observable<never>) => source.pipe(consumer, stalled),
      value as (n: number) => never,
    );
    expect(error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 10, consumer: 'pacedMap', endpoints: [] });
  });
});

/** Every consumer that has an endpoint, with nobody there. */
const alone: Readonly<
  Record<string, readonly [() => OperatorFunction<never, unknown>, string, (n: number) => unknown]>
> = {
  toPush: [() => toPush(nobody(), { codec, maxBuffered: 10 }), 'toPush', word],
  toPub: [() => toPub(nobody(), { codec, maxBuffered: 10, waitForSubscribers: 1 }), 'toPub', word],
  request: [() => request(nobody(), { codec, maxBuffered: 10 }), 'request', word],
  sink: [
    () => {
      const push = openSocket('push').bind(nobody());
      onTestFinished(() => push.close({ lingerMs: 0 }));
      return push.sink({ maxBuffered: 10 });
    },
    "openSocket('push'): sink",
    () => [new Uint8Array(1)],
  ],
  toWriter: [
    () => toWriter(`dealer+bind:ipc://${folder}/alone`, { maxBuffered: 10, sendHighWaterMark: 1 }),
    'toWriter',
    outgoing,
  ],
};

describe.each(Object.entries(alone))('%s without a peer', (_, [make, name, value]) => {
  it('names itself and its endpoint in its overflow, behind another consumer too', async () => {
    for (const consumer of [
      make(),
      (s: Observable<never>) =>
        s.pipe(
          pacedMap((x) => of<never>(x)),
          make(),
        ),
    ]) {
      const error = await flooded(consumer, value as (n: number) => never);
      expect(error).toMatchObject({
        code: 'ERR_OVERFLOW',
        limit: 10,
        consumer: name,
        endpoints: [expect.stringMatching(/alone$/)],
      });
      expect(error.message).toContain(`${name} ${error.endpoints[0]}`);
    }
  });
});

describe('a sink without a peer takes nothing', () => {
  it.each(['toPush', 'sink'])('%s: nor when its peer has gone', async (name) => {
    const statuses = new Statuses();
    const inbox = new Inbox<never>();
    const push = openSocket('push', { status: statuses });
    const bind = 'tcp://127.0.0.1:*';
    const operator = name === 'sink' ? push.bind(bind).sink() : toPush(bind, { codec, status: statuses });
    const subscription = inbox.values.pipe(operator as OperatorFunction<never, unknown>).subscribe();
    onTestFinished(async () => {
      subscription.unsubscribe();
      await push.close({ lingerMs: 0 });
    });
    const value = (n: number): never => (name === 'sink' ? [Uint8Array.of(n)] : `${n}`) as never;
    inbox.push(value(1), value(2));
    const url = await statuses.endpoint();
    await settled();
    expect(inbox.read.length).toBe(0);

    let got = 0;
    await new Promise<void>((resolve) => {
      const peer = fromPull(url, { codec: raw }).subscribe(() => {
        got += 1;
        if (got < 2) return;
        peer.unsubscribe();
        resolve();
      });
    });
    expect(inbox.read.length).toBe(2);
    await statuses.first('disconnected');
    inbox.push(value(3));
    await settled();
    expect(inbox.read.length).toBe(2);
  });
});

describe('maxBuffered: 0', () => {
  it.each<[string, () => OperatorFunction<never, unknown>, (n: number) => unknown]>([
    ['toPub', () => toPub('inproc://zero', { codec, maxBuffered: 0 }), word],
    ['pacedMap', () => pacedMap((x) => of(x), { maxBuffered: 0 }), word],
    ['pace', () => pace({ maxBuffered: 0 }), (n) => second(n * 1e6)],
  ])('of %s refuses nothing while there is room', async (_, make, value) => {
    const source = new Subject<unknown>();
    const told: unknown[] = [];
    const subscription = (source as unknown as Observable<never>)
      .pipe(make())
      .subscribe({ next: () => told.push(1), error: (error: unknown) => told.push(error) });
    onTestFinished(() => subscription.unsubscribe());
    for (let i = 0; i < 5; i += 1) await settled();
    for (const n of numbers(3)) {
      source.next(value(n));
      await settled();
    }
    expect(told).toEqual([1, 1, 1]);
  });

  it('refuses what would wait', async () => {
    for (const consumer of [
      toPush('inproc://zero', { codec, maxBuffered: 0 }),
      pacedMap(() => NEVER, { maxBuffered: 0 }),
    ]) {
      const error = await flooded(consumer as OperatorFunction<string, unknown>, word);
      expect(error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 0 });
    }
  });
});

it('results of what was asked for were, as many as there are inputs', async () => {
  const asked = new Inbox(...numbers(3));
  const stage = new Stage(3);
  const each = pacedMap((n: number) => of(n, n + 10), { concurrency: 3 });
  const later = pacedMap((n: number) => Promise.resolve(n), { concurrency: 3 });
  const subscription = asked.values.pipe(each, later, stage.take()).subscribe();
  for (let i = 0; i < 10; i += 1) await settled();
  expect(stage.taken.length).toBeGreaterThanOrEqual(3);
  expect(stage.ungoverned).toEqual([]);
  subscription.unsubscribe();
});

it('what a projection feeds to its own consumer was not asked for', () => {
  const [asked, strange, stage] = [new Inbox(0, 1), new Subject<number>(), new Stage(9)];
  const project = (n: number): Observable<number> => {
    if (n === 0) strange.next(-1);
    return of(n);
  };
  listen(merge(strange, asked.values).pipe(pacedMap(project, { concurrency: 2 }), stage.take()));
  expect(stage.taken).toEqual([0, -1, 1]);
  expect(stage.ungoverned).toEqual([-1]);
});
