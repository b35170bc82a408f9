import {
  bufferCount,
  defer,
  filter,
  firstValueFrom,
  from,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  of,
  retry,
  scan,
  take,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import { fromIterable, fromPull, iterate, pacedMap, raw, tee, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull, Subscriber } from 'zeromq';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';
const PAYLOAD = 8192;
/** 160 MB: far more than all marks and kernel buffers on the way hold. */
const MANY = 20_000;
/** What fits between the writer and a reader that has stopped: marks of 100 at each hop, and the kernel's buffers. */
const FITS = 10_000;

/** Numbered messages, made as they are asked for. */
class Writer {
  made = 0;
  readonly endpoint: Promise<string>;
  readonly done: Promise<unknown>;

  constructor(count: number) {
    const statuses = new Statuses();
    this.endpoint = statuses.endpoint();
    this.done = lastValueFrom(
      fromIterable(this.#messages(count)).pipe(
        toPush(bind, { codec: raw, zeroCopy: true, highWaterMark: 100, status: statuses }),
      ),
    );
  }

  *#messages(count: number): Generator<Uint8Array[]> {
    for (; this.made < count; this.made += 1) yield [numbered(this.made)];
  }
}

function numbered(n: number): Uint8Array {
  const bytes = Buffer.alloc(PAYLOAD);
  bytes.writeUInt32LE(n);
  return bytes;
}

const numberOf = (part: Uint8Array | undefined): number => Buffer.from(part ?? []).readUInt32LE(0);

/** A reader that takes one message and then none until told. */
class StoppedPull {
  readonly pull = new Pull({ receiveHighWaterMark: 10, linger: 0 });

  async connect(endpoint: string): Promise<void> {
    this.pull.connect(endpoint);
    expect(numberOf((await this.pull.receive())[0])).toBe(0);
  }

  /** Reads from where it stopped up to the last. */
  async readOn(count: number): Promise<void> {
    for (let n = 1; n < count; n += 1) expect(numberOf((await this.pull.receive())[0])).toBe(n);
    this.pull.close();
  }
}

/** Runs a relay whose far reader stops: its source must stop as well, and everything arrive once the reader goes on. */
async function relay(
  between: (source: Observable<Uint8Array[]>, endpoint: string) => Observable<Uint8Array[]>,
): Promise<void> {
  const writer = new Writer(MANY);
  const [heard, told] = [new Statuses(), new Statuses()];
  const endpoint = await writer.endpoint;
  const source = fromPull(endpoint, { codec: raw, highWaterMark: 100, status: heard });
  const sink = toPush(bind, { codec: raw, highWaterMark: 100, status: told });
  const subscription = between(source, endpoint).pipe(sink).subscribe();
  const reader = new StoppedPull();
  await reader.connect(await told.endpoint());
  await heard.first('stalled');
  expect(writer.made).toBeLessThan(FITS);
  await reader.readOn(MANY);
  await writer.done;
  expect((await heard.first('resumed')).stalledMs).toBeGreaterThan(0);
  subscription.unsubscribe();
}

describe('a relay whose reader has stopped', { timeout: 240_000 }, () => {
  it.each<[string, (source: Observable<Uint8Array[]>, endpoint: string) => Observable<Uint8Array[]>]>([
    ['nothing', (source) => source],
    ['map', (source) => source.pipe(map((parts) => [...parts]))],
    [
      'filter and scan',
      (source) =>
        source.pipe(
          filter(() => true),
          scan((_, parts) => parts),
        ),
    ],
    [
      'bufferCount',
      (source) =>
        source.pipe(
          bufferCount(10),
          mergeMap((list) => from(list)),
        ),
    ],
    ['mergeMap of an inner source', (source) => of(1).pipe(mergeMap(() => source))],
    ['a retry from a timer', failOnce],
    [
      'pacedMap with promises',
      (source) => source.pipe(pacedMap((parts) => Promise.resolve(parts), { concurrency: 4 })),
    ],
    ['tee into another sink', (source) => source.pipe(tee(map(() => 0)))],
  ])('stops its writer, through %s, and loses nothing', async (_, between) => {
    await relay(between);
  });

  it('stops its writer though its consumer is a loop', async () => {
    const writer = new Writer(3000);
    const heard = new Statuses();
    const source = fromPull(await writer.endpoint, { codec: raw, highWaterMark: 10, status: heard });
    let n = 0;
    for await (const [part] of iterate(source)) {
      expect(numberOf(part)).toBe(n);
      if (n === 100) await heard.first('stalled');
      if (n === 101) expect(writer.made).toBeLessThan(3000);
      if ((n += 1) === 3000) break;
    }
    await heard.first('closed');
  });

  it('reads its sources in turn when there are two', async () => {
    const writers = [new Writer(2000), new Writer(2000)] as const;
    const told = new Statuses();
    const sources = await Promise.all(
      writers.map(async ({ endpoint }) => fromPull(await endpoint, { codec: raw, highWaterMark: 10 })),
    );
    const named = merge(...sources.map((source, i) => source.pipe(map((parts) => [Uint8Array.of(i), ...parts]))));
    const subscription = named.pipe(toPush(bind, { codec: raw, highWaterMark: 10, status: told })).subscribe();
    const pull = new Pull({ receiveHighWaterMark: 10, linger: 0 });
    pull.connect(await told.endpoint());
    const next = [0, 0];
    for (let i = 0; i < 2000; i += 1) {
      const [name, part] = await pull.receive();
      const which = name?.[0] ?? 9;
      expect(numberOf(part)).toBe(next[which]);
      next[which] = (next[which] ?? 0) + 1;
    }
    expect(Math.min(...next)).toBeGreaterThan(200);
    subscription.unsubscribe();
    pull.close();
    for (const { endpoint } of writers) {
      const rest = new Pull({ linger: 0 });
      rest.connect(await endpoint);
      rest.close();
    }
  });

  it('does not slow another pipeline down', async () => {
    const [stuck, free] = [new Writer(2000), new Writer(2000)];
    const heard = new Statuses();
    const source = fromPull(await stuck.endpoint, { codec: raw, highWaterMark: 10, status: heard });
    const stalled = source.pipe(pacedMap(() => new Promise<never>(() => undefined))).subscribe();
    await heard.first('stalled');
    const count = fromPull(await free.endpoint, { codec: raw }).pipe(
      take(2000),
      scan((n) => n + 1, 0),
    );
    expect(await lastValueFrom(count)).toBe(2000);
    stalled.unsubscribe();
  });

  it('keeps one branch of a tee no more than the marks ahead of the other', async () => {
    const writer = new Writer(MANY);
    const [heard, told, other] = [new Statuses(), new Statuses(), new Statuses()];
    const options = { codec: raw, highWaterMark: 100 } as const;
    const subscription = fromPull(await writer.endpoint, { ...options, status: heard })
      .pipe(tee(toPush(bind, { ...options, status: told }), toPush(bind, { ...options, status: other })))
      .subscribe();
    const [stopped, reading] = [new StoppedPull(), new Pull({ linger: 0 })];
    reading.connect(await other.endpoint());
    const seen: number[] = [];
    const readAll = (async () => {
      while (seen.length < MANY) seen.push(numberOf((await reading.receive())[0]));
    })();
    await stopped.connect(await told.endpoint());
    await heard.first('stalled');
    expect(seen.length).toBeLessThan(FITS);
    await stopped.readOn(MANY);
    await readAll;
    expect(seen).toEqual(Array.from({ length: MANY }, (_, i) => i));
    subscription.unsubscribe();
    reading.close();
  });

  it('drops at the edge when a PUB ends it, and its writer runs on', async () => {
    const writer = new Writer(3000);
    const told = new Statuses();
    const relayed = fromPull(await writer.endpoint, { codec: raw, highWaterMark: 10 }).pipe(
      take(3000),
      toPub(bind, { codec: raw, highWaterMark: 10, waitForSubscribers: 1, lingerMs: 50, status: told }),
      toArray(),
    );
    const all = lastValueFrom(relayed);
    const stopped = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
    stopped.subscribe('');
    stopped.connect(await told.endpoint());
    expect((await all).length).toBe(3000);
    expect(numberOf((await stopped.receive())[0])).toBe(0);
    stopped.close();
  });

  it('takes no more than it was asked for', async () => {
    const writer = new Writer(2000);
    const source = fromPull(await writer.endpoint, { codec: raw, highWaterMark: 1 });
    expect(numberOf((await firstValueFrom(source))[0])).toBe(0);
    expect(writer.made).toBeLessThan(2000);
    const rest = new Pull({ linger: 0 });
    rest.connect(await writer.endpoint);
    let last = 0;
    while (last < 1999) last = numberOf((await rest.receive())[0]);
    rest.close();
    await writer.done;
  });
});

/** Has its source subscribed again from a timer. */
function failOnce<T>(source: Observable<T>): Observable<T> {
  let failed = false;
  const failing = defer(() => {
    if (failed) return NEVER;
    failed = true;
    return throwError(() => new Error('once'));
  });
  return merge(source, failing).pipe(retry({ delay: () => timer(1) }));
}
