import { firstValueFrom, from, lastValueFrom, map, NEVER, type Observable, of, range, Subject, toArray } from 'rxjs';
import { decodeFrame, encodeFrame, frame, fromIterable, json, reply, request, RequestTimeoutError, text } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Reply, Router } from 'zeromq';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { closed } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';

/** A ROUTER of zeromq.js, on a port of its own, whose replies the test writes. */
async function bindRouter(endpoint = bind): Promise<Router> {
  const router = new Router({ linger: 0 });
  await router.bind(endpoint);
  return router;
}

/** A REP of zeromq.js that answers with capitals, until it is closed. */
async function bindShouter(): Promise<Reply> {
  const rep = new Reply({ linger: 0 });
  await rep.bind(bind);
  void (async () => {
    for await (const [message] of rep) await rep.send(message?.toString().toUpperCase() ?? '');
  })();
  return rep;
}

interface Asked {
  readonly body: string;
  answer(text: string): Promise<void>;
}

async function asked(router: Router): Promise<Asked> {
  const parts = await router.receive();
  const envelope = parts.slice(0, -1);
  return { body: parts.at(-1)?.toString() ?? '', answer: (reply) => router.send([...envelope, reply]) };
}

describe('request', () => {
  it('has one request in flight, and each gets its own reply, where its codec feeds the source', async () => {
    const router = await bindRouter();
    const source = new Subject<string>();
    let isFirst = true;
    const encode = (body: string) => {
      if (isFirst) {
        isFirst = false;
        source.next('inner');
      }
      return text.encode(body);
    };
    const replies = lastValueFrom(
      source.pipe(request(router.lastEndpoint ?? '', { codec: { ...text, encode } }), toArray()),
    );
    source.next('outer');
    source.complete();
    const inner = await asked(router);
    const probe = new Dealer({ linger: 0 });
    probe.connect(router.lastEndpoint ?? '');
    await probe.send('probe'); // what was sent together with the first request is there before it
    expect((await asked(router)).body).toBe('probe');
    await inner.answer('to inner');
    const outer = await asked(router);
    await outer.answer('to outer');
    expect([inner.body, outer.body]).toEqual(['inner', 'outer']);
    expect(await replies).toEqual(['to inner', 'to outer']);
    probe.close();
    router.close();
  });

  it('gives the replies of a REP', async () => {
    const rep = await bindShouter();
    const replies = of('a', 'b', 'c').pipe(request(rep.lastEndpoint ?? '', { codec: text }), toArray());
    expect(await lastValueFrom(replies)).toEqual(['A', 'B', 'C']);
    rep.close();
  });

  it('stamps Frames and bare arrays', async () => {
    const rep = new Reply({ linger: 0 });
    await rep.bind(bind);
    const source = of(new Int32Array([1, 2]), frame(new Float32Array(2), { sampleRate: 5 }));
    const replies = lastValueFrom(source.pipe(request(rep.lastEndpoint ?? '', { sampleRate: 9 }), toArray()));
    const seen = [];
    for (let i = 0; i < 2; i += 1) {
      const got = decodeFrame(await rep.receive());
      seen.push(got);
      await rep.send(encodeFrame({ ...got, flags: 1 }));
    }
    expect(seen.map(({ sequence, sampleRate, sampleType }) => [sequence, sampleRate, sampleType])).toEqual([
      [0, 9, 'ci32'],
      [1, 5, 'cf32'],
    ]);
    expect(await replies).toEqual(seen.map((got) => ({ ...got, flags: 1 })));
    rep.close();
  });

  it('puts a correlation part and the delimiter before each request', async () => {
    const router = await bindRouter();
    const options = { codec: text, correlate: true };
    const reply = lastValueFrom(of('x').pipe(request(router.lastEndpoint ?? '', options)));
    const [id, correlation, delimiter, body, ...more] = await router.receive();
    expect([correlation?.length, delimiter?.length, body?.toString(), more.length]).toEqual([4, 0, 'x', 0]);
    await router.send([id ?? '', correlation ?? '', '', 'y']);
    expect(await reply).toBe('y');
    router.close();
  });

  it('sends one at a time, unless concurrency says more, and keeps the order of replies', async () => {
    const router = await bindRouter();
    const endpoint = router.lastEndpoint ?? '';
    const one = lastValueFrom(of('a', 'b').pipe(request(endpoint, { codec: text }), toArray()));
    const a = await asked(router);
    await a.answer('A');
    const b = await asked(router);
    expect([a.body, b.body]).toEqual(['a', 'b']);
    await b.answer('B');
    expect(await one).toEqual(['A', 'B']);

    const three = lastValueFrom(
      of('1', '2', '3', '4').pipe(request(endpoint, { codec: text, concurrency: 3 }), toArray()),
    );
    const [x, y, z] = [await asked(router), await asked(router), await asked(router)] as const;
    await z.answer('III');
    await y.answer('II'); // both wait for their turn, and keep their places until then
    await x.answer('I');
    const last = await asked(router);
    await last.answer('IV');
    expect(await three).toEqual(['I', 'II', 'III', 'IV']);
    router.close();
  });

  it('errors when nobody answers, and says whether anybody was there', async () => {
    const router = await bindRouter();
    const endpoint = router.lastEndpoint ?? '';
    const silent = await lastValueFrom(
      of('x').pipe(request(endpoint, { codec: text, timeoutMs: 40, connectTimeoutMs: 60_000 })),
    ).catch((e: unknown) => e);
    expect(silent).toBeInstanceOf(RequestTimeoutError);
    expect(silent).toMatchObject({
      code: 'ERR_REQUEST_TIMEOUT',
      tries: 1,
      sent: true,
      timeoutMs: 40,
      endpoints: [endpoint],
    });
    router.close();

    const absent = await lastValueFrom(
      of('x').pipe(request('ipc:///nonexistent/rep', { codec: text, timeoutMs: 40 })),
    ).catch((e: unknown) => e);
    expect(absent).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', tries: 1, sent: false });
    expect((absent as Error).message).toContain('no peer');
  });

  it('counts timeoutMs from handover: a peer that comes late has all of it', async () => {
    const router = await bindRouter();
    const endpoint = router.lastEndpoint ?? '';
    await closed(router);
    const statuses = new Statuses();
    const options = { codec: text, timeoutMs: 60, connectTimeoutMs: 10_000, status: statuses } as const;
    const reply = lastValueFrom(of('x').pipe(request(endpoint, options)));
    await statuses.nth('retrying', 2);
    const late = await bindRouter(endpoint);
    await (await asked(late)).answer('y');
    expect(await reply).toBe('y');
    late.close();
  });

  it('tries again, with a correlation of its own, and drops a reply to an earlier try', async () => {
    const router = await bindRouter();
    const statuses = new Statuses();
    const options = { codec: text, correlate: true, timeoutMs: 300, retries: 2, status: statuses } as const;
    const reply = lastValueFrom(of('x').pipe(request(router.lastEndpoint ?? '', options)));
    const first = await asked(router);
    const second = await asked(router);
    expect([first.body, second.body]).toEqual(['x', 'x']);
    await first.answer('stale');
    await statuses.first('dropped');
    await second.answer('fresh');
    expect(await reply).toBe('fresh');
    router.close();
  });

  it('gives up after its retries', async () => {
    const router = await bindRouter();
    const options = { codec: text, timeoutMs: 30, connectTimeoutMs: 20_000, retries: 2 } as const;
    const failed = lastValueFrom(of('x').pipe(request(router.lastEndpoint ?? '', options)));
    await expect(failed).rejects.toMatchObject({ tries: 3, sent: true });
    expect([(await asked(router)).body, (await asked(router)).body, (await asked(router)).body]).toEqual([
      'x',
      'x',
      'x',
    ]);
    router.close();
  });

  it('gives a timed-out request to another peer', async () => {
    const mute = await bindRouter();
    const rep = await bindShouter();
    const statuses = new Statuses();
    const source = new Subject<string>();
    const endpoints = [mute.lastEndpoint ?? '', rep.lastEndpoint ?? ''];
    const replies = lastValueFrom(
      source.pipe(request(endpoints, { codec: text, timeoutMs: 500, retries: 1, status: statuses }), toArray()),
    );
    await statuses.nth('connected', 2);
    source.next('a');
    source.next('b');
    source.complete();
    expect(await replies).toEqual(['A', 'B']);
    mute.close();
    rep.close();
  });

  it('gives a dead endpoint nothing', async () => {
    const rep = await bindShouter();
    const replies = range(0, 50).pipe(
      map((i) => `r${i}`),
      request([await nobodyAt(), rep.lastEndpoint ?? ''], { codec: text }),
      toArray(),
    );
    expect(await lastValueFrom(replies)).toEqual(Array.from({ length: 50 }, (_, i) => `R${i}`));
    rep.close();
  });

  it('withdraws what was never sent', async () => {
    const router = await bindRouter();
    const endpoint = router.lastEndpoint ?? '';
    await closed(router);
    const statuses = new Statuses();
    const source = new Subject<string>();
    const limits = { connectTimeoutMs: 30, timeoutMs: 10_000 };
    const options = { codec: text, ...limits, status: statuses, onTimeout: (r: string) => `no ${r}` } as const;
    const replies = lastValueFrom(source.pipe(request(endpoint, options), toArray()));
    source.next('old');
    await statuses.first('retrying');
    await new Promise<void>((resolve) =>
      statuses.of('retrying').subscribe({ next: ({ delayMs }) => delayMs > 150 && resolve() }),
    );
    const late = await bindRouter(endpoint);
    await statuses.first('connected');
    source.next('new');
    source.complete();
    const first = await asked(late);
    expect(first.body).toBe('new');
    await first.answer('yes');
    expect(await replies).toEqual(['no old', 'yes']);
    late.close();
  });

  it('goes on over inproc when all that filled the marks was withdrawn', async () => {
    const endpoint = 'inproc://request.withdrawn';
    const held: (() => void)[] = [];
    const handler = (r: string) =>
      held.length > 0 ? r : new Promise<string>((resolve) => held.push(() => resolve(r)));
    const options = { codec: text, highWaterMark: 1 } as const;
    const server = reply(endpoint, handler, { ...options, concurrency: 1 }).subscribe();
    const late = { timeoutMs: 40, connectTimeoutMs: 60_000, onTimeout: (r: string) => `no ${r}` };
    const source = Array.from({ length: 10 }, (_, i) => `${i}`);
    const replies = from(source).pipe(request(endpoint, { ...options, ...late, concurrency: 10 }), toArray());
    expect(await lastValueFrom(replies)).toEqual(source.map((r) => `no ${r}`));
    const after = lastValueFrom(of('after').pipe(request(endpoint, { ...options, timeoutMs: 10_000 })));
    held[0]?.();
    expect(await after).toBe('after');
    server.unsubscribe();
  });

  it('puts the fallback in the place of the reply', async () => {
    const router = await bindRouter();
    const options = {
      codec: text,
      concurrency: 2,
      timeoutMs: 500,
      connectTimeoutMs: 20_000,
      onTimeout: (r: string) => `no ${r}`,
    } as const;
    const replies = lastValueFrom(of('a', 'b').pipe(request(router.lastEndpoint ?? '', options), toArray()));
    await asked(router);
    await (await asked(router)).answer('B');
    expect(await replies).toEqual(['no a', 'B']);
    router.close();
  });

  it('projects a reply and its request', async () => {
    const rep = await bindShouter();
    const project = (reply: string, asked_: string): string => `${asked_} -> ${reply}`;
    const replies = of('a', 'b').pipe(request(rep.lastEndpoint ?? '', { codec: text, project }), toArray());
    expect(await lastValueFrom(replies)).toEqual(['a -> A', 'b -> B']);
    rep.close();
  });

  it.each(['project', 'onTimeout'])('passes on what %s throws', async (name) => {
    const router = await bindRouter();
    const failure = new Error(name);
    const fail = (): string => {
      throw failure;
    };
    const project = name === 'project' ? fail : (reply: string): string => reply;
    const options = { codec: text, timeoutMs: 40, project, onTimeout: fail } as const;
    const failed = lastValueFrom(of('a').pipe(request(router.lastEndpoint ?? '', options)));
    const rejected = expect(failed).rejects.toBe(failure);
    if (name === 'project') await (await asked(router)).answer('A');
    await rejected;
    router.close();
  });

  it('tells an invalid reply, and waits on for its request', async () => {
    const router = await bindRouter();
    const statuses = new Statuses();
    const options = { codec: json(), status: statuses, onInvalid: () => undefined } as const;
    const reply = lastValueFrom(of({ a: 1 }).pipe(request(router.lastEndpoint ?? '', options)));
    const one = await asked(router);
    await one.answer('{no json');
    expect((await statuses.first('invalid')).count).toBe(1);
    await one.answer('{"b":2}');
    expect(await reply).toEqual({ b: 2 });
    router.close();
  });

  it('errors on a request that cannot be encoded', async () => {
    const failed = lastValueFrom(of(3 as unknown as Int8Array).pipe(request('tcp://127.0.0.1:9')));
    await expect(failed).rejects.toMatchObject({ code: 'ERR_FRAME' });
  });

  it('goes on over a peer that dies and comes back', async () => {
    const statuses = new Statuses();
    const router = await bindRouter();
    const endpoint = router.lastEndpoint ?? '';
    const reply = lastValueFrom(
      of('x').pipe(request(endpoint, { codec: text, timeoutMs: 200, retries: 9, status: statuses })),
    );
    await asked(router);
    await closed(router);
    await statuses.first('disconnected');
    const back = await bindRouter(endpoint);
    await (await asked(back)).answer('y');
    expect(await reply).toBe('y');
    back.close();
  });

  it('binds for servers that connect', async () => {
    const statuses = new Statuses();
    const reply = lastValueFrom(of('hi').pipe(request(bind, { bind: true, codec: text, status: statuses })));
    const router = new Router({ linger: 0 });
    router.connect(await statuses.endpoint());
    await (await asked(router)).answer('there');
    expect(await reply).toBe('there');
    router.close();
  });

  it('abandons what is under way when unsubscribed, and closes', async () => {
    const router = await bindRouter();
    const statuses = new Statuses();
    const subscription = (NEVER as Observable<Int8Array>)
      .pipe(request(router.lastEndpoint ?? '', { status: statuses }))
      .subscribe();
    await statuses.first('connected');
    subscription.unsubscribe();
    await statuses.first('closed');
    router.close();
  });

  it('serves many pipelines with one operator value', async () => {
    const rep = await bindShouter();
    const shout = request(rep.lastEndpoint ?? '', { codec: text });
    const all = await Promise.all(['a', 'b', 'c'].map((s) => firstValueFrom(of(s).pipe(shout))));
    expect(all).toEqual(['A', 'B', 'C']);
    rep.close();
  });

  it('keeps 10,000 round trips in order', async () => {
    const rep = await bindShouter();
    const replies = fromIterable(Array.from({ length: 10_000 }, (_, i) => `n${i}`)).pipe(
      request(rep.lastEndpoint ?? '', { codec: text, concurrency: 32 }),
      toArray(),
    );
    expect(await lastValueFrom(replies)).toEqual(Array.from({ length: 10_000 }, (_, i) => `N${i}`));
    rep.close();
  });
});
