import { firstValueFrom, type Observable, of, range, Subject, tap, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Codec } from '../../src/codecs/Codec.js';
import { json } from '../../src/codecs/json.js';
import { raw } from '../../src/codecs/raw.js';
import { topic } from '../../src/codecs/topic.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { request } from '../../src/operators/request.js';
import { toPub } from '../../src/sinks/toPub.js';
import { toPush } from '../../src/sinks/toPush.js';
import { openSocket } from '../../src/sockets/openSocket.js';
import { fromPull } from '../../src/sources/fromPull.js';
import { fromSub } from '../../src/sources/fromSub.js';
import { reply } from '../../src/sources/reply.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { gateway, until } from './support/serving.js';

/** Runs a pipeline until the test ends, and gives where its socket is bound. */
function upstream(pipeline: (status: (told: SocketStatus) => void) => Observable<unknown>): Promise<string> {
  return new Promise((resolve) => {
    const running = pipeline((told) => void (told.kind === 'listening' && resolve(told.endpoint))).subscribe();
    onTestFinished(() => running.unsubscribe());
  });
}
const LOCAL = 'tcp://127.0.0.1:*';

describe('forward', () => {
  it('sub: one subscription upstream for any number of pages, each with its topics', async () => {
    const { web, port } = await gateway();
    const quotes = new Subject<{ topic: string; value: number }>();
    const counts: number[] = [];
    const endpoint = await upstream((status) =>
      quotes.pipe(
        toPub(LOCAL, {
          codec: topic(json<number>()),
          status: (told) => {
            if (told.kind === 'subscribed') counts.push(told.count);
            status(told);
          },
        }),
      ),
    );
    const told: SocketStatus[] = [];
    const forward = web.forward('/quotes', endpoint, 'sub', {
      topics: ['a', 'b'],
      status: (status) => told.push(status),
    });
    const page = (name: string) =>
      firstValueFrom(fromSub(`ws://127.0.0.1:${port}/quotes`, { codec: topic(json<number>()), topics: [name] }));
    const pages = [page('a'), page('b')];
    await until(() => told.some((status) => status.kind === 'subscribed' && status.count === 2));
    await until(() => counts.length > 0);
    for (const name of ['c', 'b', 'a']) quotes.next({ topic: name, value: 1 });
    expect(await Promise.all(pages)).toEqual([
      { topic: 'a', value: 1 },
      { topic: 'b', value: 1 },
    ]);
    expect(counts).toEqual([1]);
    await forward.close();
    await until(() => counts.length === 2);
    await forward.close();
  });

  it('pull: each message to one page', async () => {
    const { web, port } = await gateway();
    const endpoint = await upstream((status) => range(0, 100).pipe(toPush(LOCAL, { codec: json<number>(), status })));
    web.forward('/work', endpoint, 'pull');
    const pull = () => fromPull(`ws://127.0.0.1:${port}/work`, { codec: json<number>() });
    const got: number[] = [];
    const pages = [pull(), pull()].map((page) => page.subscribe((n) => got.push(n)));
    await until(() => got.length === 100);
    expect(got.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    for (const page of pages) page.unsubscribe();
  });

  it('push: what the codec reads goes on, the rest is dropped and told', async () => {
    const heard = heardWarnings();
    const { web, port } = await gateway();
    const got: unknown[] = [];
    const endpoint = await upstream((status) => {
      const pulled = fromPull(LOCAL, { codec: raw, bind: true, status });
      return pulled.pipe(tap(([part]) => got.push(new TextDecoder().decode(part))));
    });
    const told: SocketStatus[] = [];
    web.forward('/up', endpoint, 'push', { codec: json(), status: (status) => told.push(status) });
    const text = (value: string) => [new TextEncoder().encode(value)];
    of(text('1'), text('no json'), text('2'), [...text('3'), ...text('4')], text('5'))
      .pipe(toPush(`ws://127.0.0.1:${port}/up`, { codec: raw, bind: false }))
      .subscribe();
    await until(() => got.length === 3);
    expect(got).toEqual(['1', '2', '5']);
    expect(told.filter(({ kind }) => kind === 'invalid')).toHaveLength(2);
    await heard.settled();
    expect(heard.texts).toEqual([expect.stringContaining('skipped an invalid message')]);
  });

  it('request: asked by several pages at once, and what the codec does not read is not asked', async () => {
    const { web, port } = await gateway();
    const asked: unknown[] = [];
    const serve = (n: unknown) => (asked.push(n), Number(n) + 1);
    const endpoint = await upstream((status) => reply(LOCAL, serve, { codec: json<unknown>(), status }));
    const told: SocketStatus[] = [];
    web.forward('/add', endpoint, 'request', { codec: json(isNumber), status: (status) => told.push(status) });
    const ask = (from: number) =>
      firstValueFrom(
        range(from, 20).pipe(
          request(`ws://127.0.0.1:${port}/add`, { codec: json<number>(), concurrency: 5 }),
          toArray(),
        ),
      );
    expect(await Promise.all([ask(0), ask(100)])).toEqual([
      Array.from({ length: 20 }, (_, i) => i + 1),
      Array.from({ length: 20 }, (_, i) => i + 101),
    ]);
    const wrong = of('x').pipe(request(`ws://127.0.0.1:${port}/add`, { codec: json<unknown>(), timeoutMs: 200 }));
    await expect(firstValueFrom(wrong)).rejects.toMatchObject({ code: 'ERR_REQUEST_TIMEOUT' });
    expect(asked).toHaveLength(40);
    expect(told.filter(({ kind }) => kind === 'invalid')).toHaveLength(1);
  });

  it('request: each page has its own codec, from its connection to its end', async () => {
    const { web, port } = await gateway();
    const endpoint = await upstream((status) => reply(LOCAL, (n: number) => n, { codec: json<number>(), status }));
    const told: SocketStatus[] = [];
    web.forward('/count', endpoint, 'request', { codec: counting(), status: (status) => told.push(status) });
    const ask = () =>
      firstValueFrom(
        range(0, 20).pipe(
          request(`ws://127.0.0.1:${port}/count`, { codec: json<number>(), concurrency: 5 }),
          toArray(),
        ),
      );
    const all = Array.from({ length: 20 }, (_, i) => i);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([all, all, all]);
    expect([await ask(), await ask()]).toEqual([all, all]); // pages that come one after the other
    for (let round = 0; round < 2; round += 1) {
      const page = openSocket('dealer', { routingId: 'one' }).connect(`ws://127.0.0.1:${port}/count`);
      await page.send(['', '0']);
      expect((await firstValueFrom(page.messages)).map((part) => new TextDecoder().decode(part))).toEqual(['', '0']);
      await page.close();
      await until(() => web.clients === 0);
    }
    expect(told.filter(({ kind }) => kind === 'invalid')).toEqual([]);
  });

  it.each([
    ['as', () => ['/a', 'tcp://127.0.0.1:1', 'pub']],
    ['topics', () => ['/a', 'tcp://127.0.0.1:1', 'push', { topics: ['x'] }]],
    ['codec', () => ['/a', 'tcp://127.0.0.1:1', 'push', { codec: json }]],
    ['nothing', () => ['/a', 'tcp://127.0.0.1:1', 'sub', { nothing: 1 }]],
    ['endpoint', () => ['/a', 'nowhere', 'sub']],
  ])('is told at the call what is wrong with %s, and opens no path then', async (_what, args) => {
    const { web } = await gateway();
    expect(() => web.forward(...(args() as Parameters<typeof web.forward>))).toThrow();
    expect(web.at('/a')).toMatch(/^gateway:\/\/\d+\/a$/);
  });

  it.each(['sub', 'pull', 'push', 'request'] as const)('%s: its path is free once it is closed', async (as) => {
    const { web } = await gateway();
    const first = web.forward('/a', LOCAL, as, { bind: true });
    expect(() => web.at('/a')).toThrow(/open already/);
    const closed = first.close();
    expect(first.close()).toBe(closed);
    await closed;
    const second = web.forward('/a', LOCAL, as, { bind: true });
    await first.close(); // the path belongs to the second now
    expect(() => web.at('/a')).toThrow(/open already/);
    await second.close();
    expect(web.at('/a')).toMatch(/^gateway:/);
  });

  it('that fails upstream is warned of', async () => {
    const heard = heardWarnings();
    const { web } = await gateway();
    const endpoint = await upstream((status) => fromPull(LOCAL, { codec: raw, bind: true, status }));
    web.forward('/a', endpoint, 'pull', { bind: true });
    await until(() => heard.texts.length > 0);
    expect(heard.texts).toEqual([expect.stringMatching(/^the forward at \/a has ended: fromPull: bind failed on tcp/)]);
  });
});

/** A codec that reads only numbers that count up from 0. */
function counting(): Codec<number> {
  const numbers = json<number>();
  return {
    encode: (n) => numbers.encode(n),
    decode: (parts) => numbers.decode(parts),
    open() {
      let next = 0;
      return {
        encode: (n) => numbers.encode(n),
        decode(parts) {
          const n = numbers.decode(parts);
          if (n !== next) throw new Error(`${n} where ${next} comes next`);
          next += 1;
          return n;
        },
      };
    },
  };
}

function isNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error('no number');
  return value;
}
