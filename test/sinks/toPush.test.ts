import {
  concat,
  firstValueFrom,
  lastValueFrom,
  map,
  NEVER,
  of,
  range,
  ReplaySubject,
  Subject,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import { decodeFrame, DrainError, type Frame, frame, fromIterable, fromPull, raw, text, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull } from 'zeromq';
import { driver, either } from '../helpers/driver.js';
import { closed, nextEvent } from '../helpers/peers.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';
const samples = new Float32Array([1, 2, 3, 4]);

/** A PULL of zeromq.js, on a port of its own. */
async function bindPull(): Promise<Pull> {
  const pull = new Pull();
  await pull.bind(bind);
  return pull;
}

function connectPull(endpoint: string): Pull {
  const pull = new Pull();
  pull.connect(endpoint);
  return pull;
}

function* repeated<T>(times: number, make: () => T): Generator<T> {
  for (let i = 0; i < times; i += 1) yield make();
}

async function readFrame(pull: Pull): Promise<Frame> {
  return decodeFrame(await pull.receive());
}

describe('toPush', () => {
  it('sends what comes and gives it as it went out', async () => {
    const statuses = new Statuses();
    const options = { sampleRate: 48_000, centerFreq: 1e6, streamId: 4, flags: 5, status: statuses };
    const sent = lastValueFrom(of(samples, frame(samples, { streamId: 9 })).pipe(toPush(bind, options), toArray()));
    const pull = connectPull(await statuses.endpoint());
    const received = [await readFrame(pull), await readFrame(pull)];
    expect(received).toEqual(await sent);
    expect(received[0]).toMatchObject({
      samples,
      sampleRate: 48_000,
      centerFreq: 1e6,
      streamId: 4,
      flags: 5,
      sequence: 0,
    });
    expect(received[1]).toMatchObject({ samples, sampleRate: 0, streamId: 9, sequence: 1 });
    pull.close();
  });

  it('emits nothing before a peer is there, then all of it in order', async () => {
    const statuses = new Statuses();
    const accepted: number[] = [];
    const done = lastValueFrom(
      range(0, 5).pipe(
        map((i) => new Int8Array([i, i])),
        toPush(bind, { status: statuses }),
        map(({ sequence }) => void accepted.push(sequence)),
      ),
    );
    const endpoint = await statuses.endpoint();
    expect(accepted).toEqual([]);
    const pull = connectPull(endpoint);
    await done;
    expect(accepted).toEqual([0, 1, 2, 3, 4]);
    for (let i = 0; i < 5; i += 1) expect((await readFrame(pull)).samples).toEqual(new Int8Array([i, i]));
    pull.close();
  });

  it('turns round: connects to a PULL that binds', async () => {
    const pull = await bindPull();
    const sent = lastValueFrom(of(samples).pipe(toPush(pull.lastEndpoint ?? '', { bind: false })));
    expect(await readFrame(pull)).toEqual(await sent);
    pull.close();
  });

  it('completes when all is delivered, however much that is', async () => {
    const pull = await bindPull();
    const payload = new Uint8Array(100_000).fill(7);
    const done = lastValueFrom(
      range(0, 300).pipe(
        map(() => [payload]),
        toPush(pull.lastEndpoint ?? '', { bind: false, codec: raw, highWaterMark: 10 }),
      ),
    );
    let bytes = 0;
    for (let i = 0; i < 300; i += 1) bytes += (await pull.receive())[0]?.length ?? 0;
    await done;
    expect(bytes).toBe(30_000_000);
    pull.close();
  });

  it('waits at the high-water mark of a peer that does not read, and loses nothing', async () => {
    const pull = new Pull({ receiveHighWaterMark: 1 });
    await pull.bind(bind);
    let accepted = 0;
    const done = lastValueFrom(
      fromIterable(repeated(2000, () => new Int8Array(100_000))).pipe(
        toPush(pull.lastEndpoint ?? '', { bind: false, highWaterMark: 2, zeroCopy: true }),
        map(() => (accepted += 1)),
      ),
    );
    await readFrame(pull);
    expect(accepted).toBeLessThan(2000); // 200 MB do not fit into marks of 3 and the kernel's buffers
    for (let i = 1; i < 2000; i += 1) expect((await readFrame(pull)).sequence).toBe(i);
    expect(await done).toBe(2000);
    pull.close();
  });

  it('shares the frames out among its peers', async () => {
    const statuses = new Statuses();
    const source = new Subject<Int8Array>();
    const sent = lastValueFrom(source.pipe(toPush(bind, { status: statuses }), toArray()));
    const endpoint = await statuses.endpoint();
    const pulls = [connectPull(endpoint), connectPull(endpoint)] as const;
    await statuses.nth('connected', 2);
    for (let i = 0; i < 10; i += 1) source.next(new Int8Array(2));
    source.complete();
    await sent;
    for (const pull of pulls) for (let i = 0; i < 5; i += 1) await pull.receive();
    for (const pull of pulls) pull.close();
  });

  it('gives a dead endpoint nothing', async () => {
    const pull = await bindPull();
    const endpoints = [await nobodyAt(), pull.lastEndpoint ?? ''];
    const done = lastValueFrom(range(0, 100).pipe(map(String), toPush(endpoints, { bind: false, codec: text })));
    for (let i = 0; i < 100; i += 1) expect((await pull.receive())[0]?.toString()).toBe(String(i));
    await done;
    pull.close();
  });

  it('keeps what it holds while its peer is away', async () => {
    const statuses = new Statuses();
    const first = await bindPull();
    const endpoint = first.lastEndpoint ?? '';
    const source = new Subject<string>();
    const done = lastValueFrom(
      source.pipe(toPush(endpoint, { bind: false, codec: text, status: statuses }), toArray()),
    );
    await statuses.first('connected');
    source.next('one');
    await first.receive();
    await closed(first);
    await statuses.first('disconnected');
    source.next('two');
    source.next('three');
    source.complete();
    const back = new Pull();
    await back.bind(endpoint);
    expect((await back.receive())[0]?.toString()).toBe('two');
    expect((await back.receive())[0]?.toString()).toBe('three');
    expect(await done).toEqual(['one', 'two', 'three']);
    back.close();
  });

  it('has a first value that is delivered though nobody stays subscribed', async () => {
    const pull = await bindPull();
    const sent = await firstValueFrom(
      concat(of(samples), NEVER).pipe(toPush(pull.lastEndpoint ?? '', { bind: false })),
    );
    expect(await readFrame(pull)).toEqual(sent);
    pull.close();
  });

  it('takes no more than asked of a synchronous source', async () => {
    const pull = await bindPull();
    const taken = new Subject<number>();
    const seen: number[] = [];
    taken.subscribe((n) => seen.push(n));
    const source = range(0, 1_000_000).pipe(
      map((n) => {
        taken.next(n);
        return String(n);
      }),
      take(3),
    );
    await lastValueFrom(source.pipe(toPush(pull.lastEndpoint ?? '', { bind: false, codec: text })));
    expect(seen).toEqual([0, 1, 2]);
    pull.close();
  });

  it('passes an error of its source at once, and closes', async () => {
    const statuses = new Statuses();
    const failure = new Error('source');
    const failed = lastValueFrom(throwError(() => failure).pipe(toPush(bind, { codec: text, status: statuses })));
    await expect(failed).rejects.toBe(failure);
    await statuses.first('closed');
  });

  it('errors on a value that is no frame, and lets another subscription be', async () => {
    const pull = await bindPull();
    const endpoint = pull.lastEndpoint ?? '';
    const good = new Subject<Float32Array>();
    const done = lastValueFrom(good.pipe(toPush(endpoint, { bind: false })));
    const bad = lastValueFrom(of('no frame' as unknown as Int8Array).pipe(toPush(endpoint, { bind: false })));
    await expect(bad).rejects.toMatchObject({ code: 'ERR_FRAME', fault: 'value' });
    good.next(samples);
    good.complete();
    expect(await readFrame(pull)).toEqual(await done);
    pull.close();
  });

  it('serves many pipelines with one operator value, each with a sequence of its own', async () => {
    const pull = await bindPull();
    const sink = toPush(pull.lastEndpoint ?? '', { bind: false });
    const both = await Promise.all([lastValueFrom(of(samples).pipe(sink)), lastValueFrom(of(samples).pipe(sink))]);
    expect(both.map(({ sequence }) => sequence)).toEqual([0, 0]);
    pull.close();
  });

  it('lets a sent array be reused at once, waiting or not', async () => {
    for (const length of [8, 100, 2000, 20_000]) {
      const statuses = new Statuses();
      const reused = new Int16Array(length);
      const source = range(0, 20).pipe(map((i) => reused.fill(i)));
      const done = lastValueFrom(source.pipe(toPush(bind, { status: statuses })));
      const pull = connectPull(await statuses.endpoint());
      for (let i = 0; i < 20; i += 1) expect((await readFrame(pull)).samples.every((v) => v === i)).toBe(true);
      await done;
      pull.close();
    }
  });

  it('gives an array back when zeroCopy is a function', async () => {
    const pull = await bindPull();
    const back: unknown[] = [];
    const mine = new Int16Array(20_000).fill(3);
    const zeroCopy = (array: Int16Array): void => {
      back.push(array);
      array.fill(0); // it is ours again
    };
    await lastValueFrom(of(mine).pipe(toPush(pull.lastEndpoint ?? '', { bind: false, zeroCopy: zeroCopy as never })));
    expect(back).toEqual([mine]);
    expect((await readFrame(pull)).samples.every((v) => v === 3)).toBe(true);
    pull.close();
  });

  describe.runIf(driver === 'engine')('with a function for zeroCopy, without a copy', () => {
    /** 24 MiB: more than the kernel takes of a peer that does not read, less than the mark. */
    const COUNT = 24;
    const arrays = (): Int8Array[] => Array.from({ length: COUNT }, (_, n) => new Int8Array(2 ** 20).fill(n));

    /** Sends them to a peer that has stopped reading, until all are accepted. */
    async function stalled(options: { readonly lingerMs?: number } = {}) {
      const pull = new Pull({ receiveHighWaterMark: 1 });
      await pull.bind(bind);
      const back: Int8Array[] = [];
      const accepted: Int8Array[] = [];
      const statuses = new Statuses();
      const feed = new Subject<Int8Array>();
      const zeroCopy = (array: unknown): void => void back.push(array as Int8Array);
      const sent = feed.pipe(toPush(pull.lastEndpoint ?? '', { bind: false, zeroCopy, status: statuses, ...options }));
      const last = new ReplaySubject<void>();
      const subscription = sent.subscribe({
        next: (sentFrame) => void accepted.push(sentFrame.samples),
        complete: () => last.next(),
      });
      const mine = arrays();
      for (const array of mine) feed.next(array);
      while (accepted.length < COUNT) await new Promise((resolve) => setImmediate(resolve));
      return { pull, back, accepted, feed, subscription, mine, last, statuses };
    }

    it('calls it with each array once, in their order, when the kernel has it', async () => {
      const { pull, back, accepted, feed, mine, last } = await stalled();
      expect(accepted.every((array, n) => array === mine[n])).toBe(true);
      expect(back.length).toBeLessThan(COUNT);
      for (let n = 0; n < COUNT; n += 1) {
        expect((await readFrame(pull)).samples.every((value) => value === n)).toBe(true);
        for (const array of back) array.fill(99); // whose they are again
      }
      feed.complete();
      await firstValueFrom(last);
      expect(back.map((array) => mine.indexOf(array))).toEqual(mine.map((_, n) => n));
      pull.close();
    });

    it('sends the array itself, whatever becomes of it until then', async () => {
      const { pull, back, feed, mine, last } = await stalled();
      const changed = mine.at(-1)!.fill(77);
      expect(back.includes(changed)).toBe(false);
      for (let n = 0; n < COUNT - 1; n += 1) await readFrame(pull);
      expect((await readFrame(pull)).samples.every((value) => value === 77)).toBe(true);
      feed.complete();
      await firstValueFrom(last);
      expect(back.includes(changed)).toBe(true);
      pull.close();
    });

    it('gives back what is dropped, too', async () => {
      const { pull, back, subscription, mine } = await stalled({ lingerMs: 0 });
      subscription.unsubscribe();
      expect(back.map((array) => mine.indexOf(array))).toEqual(mine.map((_, n) => n));
      pull.close();
    });

    it('keeps what the peer had not got when it went, for the next one', async () => {
      const { pull, back, feed, mine, last, statuses } = await stalled();
      const endpoint = pull.lastEndpoint ?? '';
      let gone = 0;
      statuses.of('disconnected').subscribe(() => (gone = back.length)); // with the kernel, or begun
      pull.linger = 0;
      const free = nextEvent(pull, 'close');
      pull.close();
      await Promise.all([free, statuses.first('disconnected')]);
      const other = new Pull();
      await other.bind(endpoint);
      feed.complete();
      const left: Frame[] = [];
      while (left.at(-1)?.sequence !== COUNT - 1) left.push(await readFrame(other));
      await firstValueFrom(last);
      expect(left.map(({ samples: [first] }) => first)).toEqual(left.map(({ sequence }) => sequence));
      expect(left.map(({ sequence }) => sequence)).toEqual(mine.map((_, n) => n).slice(gone));
      expect(new Set(back).size).toBe(COUNT);
      expect(back).toHaveLength(COUNT);
      expect(back.every((array) => mine.includes(array))).toBe(true);
      other.close();
    });

    it('copies for a peer in the same process, which could keep it', async () => {
      const back: unknown[] = [];
      const mine = new Int8Array(2 ** 20).fill(5);
      const zeroCopy = (array: unknown): void => {
        back.push(array);
        mine.fill(0);
      };
      const sent = lastValueFrom(of(mine).pipe(toPush('inproc://zeroCopy', { zeroCopy })));
      const { samples: received } = await firstValueFrom(fromPull('inproc://zeroCopy'));
      expect(received.every((value) => value === 5)).toBe(true);
      expect((await sent).samples).toBe(mine);
      expect(back.length === 1 && back[0] === mine).toBe(true);
    });

    it.each([8, 2000, 2 ** 20])('calls it after the frame was emitted (%i values)', async (length) => {
      const pull = await bindPull();
      const order: string[] = [];
      const zeroCopy = (): void => void order.push('back');
      const source = range(0, 3).pipe(map(() => new Int8Array(length)));
      const sent = source.pipe(
        toPush(pull.lastEndpoint ?? '', { bind: false, zeroCopy }),
        tap(({ sequence }) => order.push(`${sequence}`)),
      );
      const done = lastValueFrom(sent);
      for (let n = 0; n < 3; n += 1) await readFrame(pull);
      await done;
      expect(order.filter((what) => what !== 'back')).toEqual(['0', '1', '2']);
      for (let n = 1; n <= 3; n += 1)
        expect(order.slice(0, order.indexOf(`${n - 1}`)).length).toBeLessThanOrEqual(2 * (n - 1));
      expect(order).toHaveLength(6);
      pull.close();
    });
  });

  describe('on completion', () => {
    it('errors with what is left when nobody takes it within lingerMs', async () => {
      const failed = lastValueFrom(of(samples, samples).pipe(toPush(bind, { lingerMs: 30 }))).catch((e: unknown) => e);
      const error = await failed;
      expect(error).toBeInstanceOf(DrainError);
      expect(error).toMatchObject({ code: 'ERR_DRAIN', framesLeft: 2, lingerMs: 30, endpoints: [bind] });
    });

    it('errors too when a connecting side never finds its peer', async () => {
      const failed = lastValueFrom(of(samples).pipe(toPush(await nobodyAt(), { bind: false, lingerMs: 30 })));
      await expect(failed).rejects.toMatchObject({ code: 'ERR_DRAIN', framesLeft: 1 });
    });

    it('errors when a peer stays but takes nothing more', async () => {
      const pull = new Pull({ receiveHighWaterMark: 1 });
      await pull.bind(bind);
      const source = range(0, 400).pipe(map(() => new Int8Array(200_000)));
      const options = { bind: false, lingerMs: 200, highWaterMark: 1000, zeroCopy: true };
      let accepted = 0;
      const sent = source.pipe(
        toPush(pull.lastEndpoint ?? '', options),
        tap(() => (accepted += 1)),
      );
      const error: unknown = await lastValueFrom(sent).catch((e: unknown) => e);
      // the engine has a mark in bytes, behind which the rest waits; libzmq has them all, and does not count
      expect(error).toMatchObject({ code: 'ERR_DRAIN', framesLeft: either(400 - accepted, undefined) });
      expect(accepted < 400).toBe(driver === 'engine');
      pull.close();
    });

    it('says how many of those that it had taken were left, as far as the driver knows', async () => {
      const pull = new Pull({ receiveHighWaterMark: 1 });
      await pull.bind(bind);
      const source = range(0, 100).pipe(map(() => new Int8Array(200_000))); // all below the marks
      const sent = lastValueFrom(source.pipe(toPush(pull.lastEndpoint ?? '', { bind: false, lingerMs: 200 })));
      const error = (await sent.catch((e: unknown) => e)) as DrainError;
      expect(error.code).toBe('ERR_DRAIN');
      if (driver === 'native') expect(error.framesLeft).toBeUndefined();
      else for (let n = error.framesLeft ?? 0; n < 100; n += 1) await pull.receive(); // the kernel had those
      pull.close();
    });

    it('waits as long as it takes without lingerMs', async () => {
      const statuses = new Statuses();
      const done = lastValueFrom(of(samples).pipe(toPush(bind, { status: statuses })));
      const endpoint = await statuses.endpoint();
      const pull = connectPull(endpoint);
      expect(await readFrame(pull)).toEqual(await done);
      pull.close();
    });

    it('completes for an empty source, and closes', async () => {
      const statuses = new Statuses();
      const done = await lastValueFrom(of<string>().pipe(toPush(bind, { codec: text, status: statuses })), {
        defaultValue: 'none',
      });
      expect(done).toBe('none');
      expect(statuses.all.at(-1)?.kind).toBe('closed');
    });
  });

  describe('timestamps and sequence', () => {
    const old = { ...frame(samples, { timestampNs: 12n }), sequence: 40, peer: 2 };

    it.each([
      [{}, 12n, 0],
      [{ sequence: 'preserve' }, 12n, 40],
      [{ timestamp: 'keep' }, 12n, 0],
    ] as const)('%j', async (options, timestampNs, sequence) => {
      const pull = await bindPull();
      const sent = await lastValueFrom(of(old).pipe(toPush(pull.lastEndpoint ?? '', { bind: false, ...options })));
      expect(sent).toMatchObject({ timestampNs, sequence });
      expect(sent).not.toHaveProperty('peer');
      expect(await readFrame(pull)).toEqual(sent);
      pull.close();
    });

    it('replaces the time when told to', async () => {
      const pull = await bindPull();
      const before = BigInt(Date.now()) * 1_000_000n;
      const sent = await lastValueFrom(
        of(old).pipe(toPush(pull.lastEndpoint ?? '', { bind: false, timestamp: 'now' })),
      );
      expect(sent.timestampNs - before).toBeGreaterThan(-2_000_000_000n);
      expect((await readFrame(pull)).timestampNs).toBe(sent.timestampNs);
      pull.close();
    });
  });

  it('relays: fromPull into toPush', async () => {
    const statuses = new Statuses();
    const pull = await bindPull();
    const relay = fromPull(bind, { bind: true, status: statuses })
      .pipe(toPush(pull.lastEndpoint ?? '', { bind: false, sequence: 'preserve' }))
      .subscribe();
    const endpoint = await statuses.endpoint();
    const sent = await lastValueFrom(
      range(0, 50).pipe(
        map((i) => new Int32Array([i, i])),
        toPush(endpoint, { bind: false }),
        toArray(),
      ),
    );
    for (const expected of sent) expect(await readFrame(pull)).toEqual(expected);
    relay.unsubscribe();
    pull.close();
  });
});
