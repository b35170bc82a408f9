import { firstValueFrom, NEVER, of, range, Subject, type Subscription, take, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { json } from '../../src/codecs/json.js';
import { raw } from '../../src/codecs/raw.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { serve } from '../../src/gateway/serve.js';
import { pacedMap } from '../../src/operators/pacedMap.js';
import { request } from '../../src/operators/request.js';
import { toPub } from '../../src/sinks/toPub.js';
import { toPush } from '../../src/sinks/toPush.js';
import { openSocket } from '../../src/sockets/openSocket.js';
import { fromIterable } from '../../src/sources/fromIterable.js';
import { fromPull } from '../../src/sources/fromPull.js';
import { fromSub } from '../../src/sources/fromSub.js';
import { reply } from '../../src/sources/reply.js';
import { bind } from './support/bound.js';
import { gateway, httpServer, until } from './support/serving.js';

const bytes = (...values: number[]) => [new Uint8Array(values)];

describe('an endpoint of a gateway', () => {
  it('is bound by toPub, and by reply, fromPull, fromSub and request with bind', async () => {
    const { web, port } = await gateway();
    const at = (path: string) => `ws://127.0.0.1:${port}${path}`;
    const got = firstValueFrom(fromSub(at('/pub'), { codec: json<number>() }));
    const publishing = of(1)
      .pipe(toPub(web.at('/pub'), { codec: json<number>(), waitForSubscribers: 1 }))
      .subscribe();
    expect(await got).toBe(1);

    const pulled = firstValueFrom(fromPull(web.at('/pull'), { codec: json<number>(), bind: true }));
    of(2)
      .pipe(toPush(at('/pull'), { codec: json<number>(), bind: false }))
      .subscribe();
    expect(await pulled).toBe(2);

    const serving = reply(web.at('/reply'), (n: number) => n + 1, { codec: json<number>() }).subscribe();
    expect(await firstValueFrom(of(2).pipe(request(at('/reply'), { codec: json<number>() })))).toBe(3);

    const heard = firstValueFrom(fromSub(web.at('/sub'), { codec: json<number>(), bind: true }));
    const sub = of(4)
      .pipe(toPub(at('/sub'), { codec: json<number>(), bind: false, waitForSubscribers: 1 }))
      .subscribe();
    expect(await heard).toBe(4);

    const asked = firstValueFrom(of(4).pipe(request(web.at('/request'), { codec: json<number>(), bind: true })));
    const answering = reply(at('/request'), (n: number) => n + 1, { codec: json<number>(), bind: false }).subscribe();
    expect(await asked).toBe(5);
    for (const running of [publishing, serving, sub, answering]) running.unsubscribe();
  });

  it('stands beside others in one socket', async () => {
    const { web, port } = await gateway();
    const numbers = new Subject<number>();
    const ready = new Promise<string>((resolve) => {
      const status = (told: SocketStatus): void => {
        if (told.kind === 'listening' && told.endpoint.startsWith('tcp')) resolve(told.endpoint);
      };
      const both = ['tcp://127.0.0.1:*', web.at('/iq')];
      const running = numbers.pipe(toPub(both, { codec: json<number>(), status, waitForSubscribers: 2 })).subscribe();
      onTestFinished(() => running.unsubscribe());
    });
    const tcp = await ready;
    const heard = [tcp, `ws://127.0.0.1:${port}/iq`].map((endpoint) =>
      firstValueFrom(fromSub(endpoint, { codec: json<number>() })),
    );
    numbers.next(7);
    expect(await Promise.all(heard)).toEqual([7, 7]);
  });

  it.each([
    ['fromSub', () => fromSub('gateway://1/iq')],
    ['fromPull', () => fromPull('gateway://1/iq')],
    ['request', () => request('gateway://1/iq')],
  ])('is not connected to: %s says that it needs bind', (of, connect) => {
    expect(connect).toThrow(new RegExp(`^${of}: .*bind: true`));
  });

  it('is bound by one socket at a time', async () => {
    const { web } = await gateway();
    const endpoint = web.at('/iq');
    const first = openSocket('pull').bind(endpoint);
    await first.opened;
    const second = openSocket('pull').bind(endpoint);
    await expect(second.opened).rejects.toThrow(/bind failed on gateway:\/\/\d+\/iq/);
    await first.close();
    const third = openSocket('pull').bind(endpoint);
    expect(await third.opened).toEqual([endpoint]);
    await third.close();
  });

  it.each(['iq', '', '/iq?x', '/a b', '/ä', '/a/../b', '/#x', 7, null])('has no path %j', async (path) => {
    const { web } = await gateway();
    expect(() => web.at(path as string)).toThrow(/^at: path must be /);
  });
});

describe('statuses', () => {
  it('tell who is there, and the socket tells it as well', async () => {
    const told: SocketStatus[] = [];
    const { web, port, statuses } = await gateway({ authenticate: ({ token }) => token });
    const running = NEVER.pipe(toPub(web.at('/iq'), { codec: raw, status: (status) => told.push(status) })).subscribe();
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw, token: 'anna' }).subscribe();
    await until(() => web.clients === 1);
    page.unsubscribe();
    await until(() => web.clients === 0);
    running.unsubscribe();
    const who = { path: '/iq', address: '127.0.0.1', userId: 'anna' };
    expect(statuses).toEqual([
      { kind: 'connected', ...who, socketType: 'sub' },
      { kind: 'closed', ...who, code: expect.any(Number) as number, reason: '' },
    ]);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'connected', userId: 'anna' }));
  });

  it('that throw harm nothing', async () => {
    const { server, port } = await httpServer();
    const web = serve(server, {
      status: () => {
        throw new Error('no');
      },
    });
    onTestFinished(() => web.close());
    await bind(web, '/iq');
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw }).subscribe();
    await until(() => web.clients === 1);
    page.unsubscribe();
    await until(() => web.clients === 0);
  });
});

describe('a token whose time is over', () => {
  it('closes the client, who comes again with a new one', async () => {
    const until1 = Date.now() + 300;
    const { web, port, statuses } = await gateway({
      authenticate: ({ token }) =>
        token === 'first' ? { userId: 'anna', expiresAt: until1 } : token === 'second' && 'anna',
    });
    await bind(web, '/iq');
    const tokens = ['first', 'second'];
    const asked: string[] = [];
    const token = () => {
      asked.push(tokens[0]!);
      return tokens.shift()!;
    };
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw, token }).subscribe();
    await until(() => statuses.filter(({ kind }) => kind === 'connected').length === 2);
    page.unsubscribe();
    expect(asked).toEqual(['first', 'second']);
    expect(statuses.filter(({ kind }) => kind === 'closed')[0]).toMatchObject({
      code: 4401,
      reason: 'the time of the token is over',
    });
  });
});

describe('a client that takes nothing', () => {
  it('is told as stalled after slowMs, and closed with closeSlow', async () => {
    const { web, port, statuses } = await gateway();
    const messages = new Subject<Uint8Array[]>();
    const endpoint = web.at('/iq', { limits: { slowMs: 200, closeSlow: true } });
    const running = messages.pipe(toPub(endpoint, { codec: raw, lingerMs: 0 })).subscribe();
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw, highWaterMark: 4, reconnect: false })
      .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
      .subscribe();
    await until(() => web.clients === 1);
    for (let i = 0; i < 50; i += 1) messages.next(bytes(i));
    await until(() => statuses.some(({ kind }) => kind === 'closed'));
    expect(statuses.map(({ kind }) => kind)).toEqual(['connected', 'stalled', 'dropped', 'closed']);
    expect(statuses.at(-1)).toMatchObject({ code: 4410 });
    page.unsubscribe();
    running.unsubscribe();
  });

  it('is dropped for, which costs another client nothing', async () => {
    const { web, port, statuses } = await gateway();
    const messages = new Subject<Uint8Array[]>();
    const endpoint = web.at('/iq', { limits: { highWaterMark: 10 } });
    const running = messages.pipe(toPub(endpoint, { codec: raw, waitForSubscribers: 2, lingerMs: 0 })).subscribe();
    const url = `ws://127.0.0.1:${port}/iq`;
    const slow = fromSub(url, { codec: raw, highWaterMark: 4 })
      .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
      .subscribe();
    const fast = firstValueFrom(fromSub(url, { codec: raw }).pipe(take(100), toArray()));
    await until(() => web.clients === 2);
    for (let i = 0; i < 100; i += 1) {
      messages.next(bytes(i));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await fast).map(([part]) => part![0])).toEqual(Array.from({ length: 100 }, (_, i) => i));
    await until(() => statuses.some(({ kind }) => kind === 'dropped'));
    slow.unsubscribe();
    running.unsubscribe();
  });

  it('holds no more than maxBufferedBytes together with the others', async () => {
    const KIB = 1024;
    const { web, port, statuses } = await gateway({ limits: { maxBufferedBytes: 512 * KIB } });
    const messages = new Subject<Uint8Array[]>();
    const running = messages.pipe(toPub(web.at('/iq'), { codec: raw, waitForSubscribers: 4, lingerMs: 0 })).subscribe();
    const slow = [1, 2, 3, 4].map(() =>
      fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw, highWaterMark: 1 })
        .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
        .subscribe(),
    );
    await until(() => web.clients === 4);
    for (let i = 0; i < 100; i += 1) {
      messages.next([new Uint8Array(32 * KIB)]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => statuses.some(({ kind }) => kind === 'dropped'));
    // of 100 messages each of four has some 2 under way, and 4 wait
    const dropped = statuses.reduce((sum, status) => sum + (status.kind === 'dropped' ? status.count : 0), 0);
    expect(dropped).toBeGreaterThan(4 * 85);
    for (const page of slow) page.unsubscribe();
    running.unsubscribe();
  });

  it('may send so much in a second, and waits with the rest', async () => {
    const { web, port } = await gateway();
    const endpoint = web.at('/up', { limits: { messagesPerSecond: 50 } });
    const start = performance.now();
    const pulled = firstValueFrom(
      fromPull(endpoint, { codec: json<number>(), bind: true, highWaterMark: 10 }).pipe(take(100), toArray()),
    );
    range(0, 100)
      .pipe(toPush(`ws://127.0.0.1:${port}/up`, { codec: json<number>(), bind: false }))
      .subscribe();
    expect(await pulled).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(performance.now() - start).toBeGreaterThan(900);
  });
});

describe('the end of a gateway', () => {
  it('sends what waits, then closes with 1001, and the page comes again when there is another', async () => {
    const { server, port } = await httpServer();
    const first = serve(server);
    const statuses: SocketStatus[] = [];
    const numbers = new Subject<number>();
    const running = numbers.pipe(toPub(first.at('/iq'), { codec: json<number>(), waitForSubscribers: 1 })).subscribe();
    const got: number[] = [];
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, {
      codec: json<number>(),
      status: (status) => statuses.push(status),
    })
      .pipe(pacedMap((n) => new Promise<number>((resolve) => setTimeout(() => resolve(n), 1)), { concurrency: 1 }))
      .subscribe((n) => got.push(n));
    await until(() => first.clients === 1);
    for (let i = 0; i < 100; i += 1) numbers.next(i);
    await first.close();
    expect(first.clients).toBe(0);
    expect(() => first.at('/other')).toThrow('the gateway is closed');
    await until(() => got.length === 100);
    expect(got).toEqual(Array.from({ length: 100 }, (_, i) => i));
    running.unsubscribe();

    const second = serve(server, { lingerMs: 0 });
    onTestFinished(() => second.close());
    const again = of(100)
      .pipe(toPub(second.at('/iq'), { codec: json<number>(), waitForSubscribers: 1 }))
      .subscribe();
    await until(() => got.length === 101);
    expect(statuses).toContainEqual(
      expect.objectContaining({ kind: 'disconnected', reason: expect.stringContaining('closes') as string }),
    );
    page.unsubscribe();
    again.unsubscribe();
  });

  it('is not waited for longer than lingerMs', async () => {
    const { web, port } = await gateway({ lingerMs: 200 });
    const messages = new Subject<Uint8Array[]>();
    const running = messages.pipe(toPub(web.at('/iq'), { codec: raw, waitForSubscribers: 1, lingerMs: 0 })).subscribe();
    const page = fromSub(`ws://127.0.0.1:${port}/iq`, { codec: raw, highWaterMark: 1 })
      .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
      .subscribe();
    await until(() => web.clients === 1);
    for (let i = 0; i < 50; i += 1) messages.next(bytes(i));
    await web.close();
    expect(web.clients).toBe(0);
    page.unsubscribe();
    running.unsubscribe();
  });

  it('binds nothing any more', async () => {
    const { web } = await gateway();
    const endpoint = web.at('/iq');
    await web.close();
    const socket = openSocket('pull').bind(endpoint);
    await expect(socket.opened).rejects.toThrow(/no such gateway, or it is closed/);
    await expect(openSocket('pull').bind('gateway://4711/iq').opened).rejects.toThrow(/no such gateway/);
  });
});

describe('toPush in a page, and a gateway that restarts', () => {
  it('loses none of 2500 values', async () => {
    const { server, port } = await httpServer();
    const got: number[] = [];
    const pulling: Subscription[] = [];
    const open = () => {
      const web = serve(server, { lingerMs: 1000 });
      // a socket stays until all it was sent is read
      pulling.push(fromPull(web.at('/up'), { codec: json<number>(), bind: true }).subscribe((n) => got.push(n)));
      return web;
    };
    let web = open();
    const sent = firstValueFrom(
      fromIterable(numbers(2500)).pipe(
        pacedMap((n) => (n % 10 === 0 ? wait(1, n) : of(n)), { concurrency: 4 }),
        toPush(`ws://127.0.0.1:${port}/up`, {
          codec: json<number>(),
          bind: false,
          reconnect: { initialMs: 10, maxMs: 50 },
        }),
        toArray(),
      ),
    );
    for (const at of [500, 1200, 1900]) {
      await until(() => got.length > at);
      await web.close();
      web = open();
    }
    expect(await sent).toHaveLength(2500);
    await until(() => got.length >= 2500);
    expect(got.sort((a, b) => a - b)).toEqual([...numbers(2500)]);
    for (const pull of pulling) pull.unsubscribe();
    await web.close();
  });
});

function* numbers(count: number): Generator<number> {
  for (let n = 0; n < count; n += 1) yield n;
}

function wait<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}
