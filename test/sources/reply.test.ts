import {
  concat,
  delay,
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  NEVER,
  Observable,
  of,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { decodeFrame, encodeFrame, frame, reply, request, text } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Request } from 'zeromq';
import { either } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';

function req(endpoint: string): Request {
  const socket = new Request({ linger: 0 });
  socket.connect(endpoint);
  return socket;
}

function dealer(endpoint: string): Dealer {
  const socket = new Dealer({ linger: 0 });
  socket.connect(endpoint);
  return socket;
}

async function ask(socket: Request, body: string): Promise<string> {
  await socket.send(body);
  return (await socket.receive())[0]?.toString() ?? '';
}

const body = async (socket: Dealer): Promise<string> => (await socket.receive()).at(-1)?.toString() ?? '';

describe('reply', () => {
  it('answers a REQ and emits what it served', async () => {
    const statuses = new Statuses();
    const served = lastValueFrom(
      reply(bind, (r: string) => r.toUpperCase(), { codec: text, status: statuses }).pipe(take(2), toArray()),
    );
    const client = req(await statuses.endpoint());
    expect(await ask(client, 'a')).toBe('A');
    expect(await ask(client, 'b')).toBe('B');
    expect(await served).toEqual([
      { request: 'a', reply: 'A' },
      { request: 'b', reply: 'B' },
    ]);
    client.close();
  });

  it('answers Frames, stamped in the order they go out', async () => {
    const statuses = new Statuses();
    const served = lastValueFrom(
      reply(bind, ({ samples }) => samples, { sampleRate: 3, status: statuses }).pipe(take(2), toArray()),
    );
    const client = req(await statuses.endpoint());
    const replies = [];
    for (const value of [1, 2]) {
      await client.send(encodeFrame(frame(new Int16Array([value, value]))));
      replies.push(decodeFrame(await client.receive()));
    }
    expect(replies.map(({ sequence, sampleRate, samples }) => [sequence, sampleRate, ...samples])).toEqual([
      [0, 3, 1, 1],
      [1, 3, 2, 2],
    ]);
    expect((await served).map((s) => s.reply)).toEqual(replies);
    client.close();
  });

  it.each([
    ['a value', (r: string) => r],
    ['a Promise', (r: string) => Promise.resolve(r)],
    ['an Observable', (r: string) => of(r, 'more').pipe(delay(1))],
    ['an Observable that never ends', (r: string) => concat(of(r), NEVER)],
  ])('takes %s from its handler', async (_, handler) => {
    const statuses = new Statuses();
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const client = req(await statuses.endpoint());
    expect(await ask(client, 'x')).toBe('x');
    expect(await ask(client, 'y')).toBe('y');
    subscription.unsubscribe();
    client.close();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('boom');
      },
      'the handler threw: boom',
    ],
    ['rejects', () => Promise.reject(new Error('boom')), 'the handler failed: boom'],
    ['errors', () => throwError(() => new Error('boom')), 'the handler failed: boom'],
    ['completes empty', () => EMPTY, 'completed without a reply'],
    ['outlives handlerTimeoutMs', () => NEVER, 'longer than 50 ms'],
    ['gives what cannot be encoded', () => 7 as never, 'cannot be encoded'],
  ])('serves on when a handler %s', async (_, bad, reason) => {
    const statuses = new Statuses();
    const handler = (r: string) => (r === 'bad' ? (bad() as never) : `${r}!`);
    const options = { codec: text, handlerTimeoutMs: 50, concurrency: 1, status: statuses } as const;
    const subscription = reply(bind, handler, options).subscribe();
    const endpoint = await statuses.endpoint();
    const [unlucky, lucky] = [req(endpoint), req(endpoint)];
    await unlucky.send('bad');
    const dropped = await statuses.first('dropped');
    expect(dropped).toMatchObject({ count: 1 });
    expect(dropped.reason).toContain(reason);
    expect(await ask(lucky, 'good')).toBe('good!');
    subscription.unsubscribe();
    unlucky.close();
    lucky.close();
  });

  it('keeps the order of one peer that sends plain requests', async () => {
    const statuses = new Statuses();
    const release = new Map<string, () => void>();
    const handler = (r: string) => new Promise<string>((resolve) => release.set(r, () => resolve(r.toUpperCase())));
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const client = dealer(await statuses.endpoint());
    for (const r of ['a', 'b', 'c']) await client.send(['', r]);
    await until(() => release.size === 3);
    release.get('c')?.();
    release.get('b')?.();
    release.get('a')?.();
    expect([await body(client), await body(client), await body(client)]).toEqual(['A', 'B', 'C']);
    subscription.unsubscribe();
    client.close();
  });

  it('lets requests with correlation parts, and other peers, overtake', async () => {
    const statuses = new Statuses();
    const slow = new Map<string, () => void>();
    const handler = (r: string) =>
      r.startsWith('slow') ? new Promise<string>((resolve) => slow.set(r, () => resolve(r))) : r;
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const endpoint = await statuses.endpoint();
    const [one, other] = [dealer(endpoint), dealer(endpoint)];
    await one.send(['id1', '', 'slow1']);
    await until(() => slow.size === 1);
    await one.send(['id2', '', 'quick']);
    expect((await one.receive()).map(String)).toEqual(['id2', '', 'quick']);
    await other.send(['', 'other']);
    expect(await body(other)).toBe('other');
    slow.get('slow1')?.();
    expect((await one.receive()).map(String)).toEqual(['id1', '', 'slow1']);
    subscription.unsubscribe();
    one.close();
    other.close();
  });

  it('goes on in order behind a plain request that failed', async () => {
    const statuses = new Statuses();
    const handler = (r: string) => (r === 'bad' ? NEVER : of(r));
    const options = { codec: text, handlerTimeoutMs: 40, status: statuses, onInvalid: 'skip' } as const;
    const subscription = reply(bind, handler, options).subscribe();
    const client = dealer(await statuses.endpoint());
    for (const r of ['a', 'bad', 'b']) await client.send(['', r]);
    expect([await body(client), await body(client)]).toEqual(['a', 'b']);
    subscription.unsubscribe();
    client.close();
  });

  it('serves no more than concurrency at once', async () => {
    const statuses = new Statuses();
    const running: (() => void)[] = [];
    let most = 0;
    const finish = (): void => {
      most = Math.max(most, running.length);
      for (const done of running.splice(0)) done();
    };
    const handler = (r: string) =>
      new Promise<string>((resolve) => {
        if (running.push(() => resolve(r)) === 3) setImmediate(finish); // one more would begin before
      });
    const subscription = reply(bind, handler, { codec: text, concurrency: 3, status: statuses }).subscribe();
    const client = dealer(await statuses.endpoint());
    for (let i = 0; i < 99; i += 1) await client.send(['', `${i}`]);
    for (let i = 0; i < 99; i += 1) expect(await body(client)).toBe(`${i}`);
    expect(most).toBe(3);
    subscription.unsubscribe();
    client.close();
  });

  it('counts requests it cannot read, and serves on', async () => {
    const statuses = new Statuses();
    const invalid: string[] = [];
    const onInvalid = ({ error }: { error: Error }): void => void invalid.push(error.message);
    const subscription = reply(bind, (f) => f, { status: statuses, onInvalid }).subscribe();
    const client = dealer(await statuses.endpoint());
    await client.send(['', 'no', 'frame', 'here']);
    await client.send('no delimiter');
    await client.send(['', ...encodeFrame(frame(new Int8Array(2)))]);
    expect((await client.receive()).length).toBe(3);
    expect(invalid.length).toBe(2);
    expect(await statuses.nth('invalid', 2)).toMatchObject({ count: 2 });
    subscription.unsubscribe();
    client.close();
  });

  it('tells a reply whose requester is gone', async () => {
    const statuses = new Statuses();
    const held: (() => void)[] = [];
    const handler = (r: string) =>
      r === 'x' ? new Promise<string>((resolve) => held.push(() => resolve('too late'))) : r;
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const endpoint = await statuses.endpoint();
    const client = req(endpoint);
    await client.send('x');
    await until(() => held.length === 1);
    client.close();
    await statuses.first('disconnected');
    const other = req(endpoint);
    expect(await ask(other, 'y')).toBe('y'); // what libzmq had to do for the one that left is done before
    held[0]?.();
    expect(await statuses.first('dropped')).toMatchObject({
      count: 1,
      reason: either(
        'there is no peer with the routing id of the message',
        'the peer has disconnected, or its queue is full (EHOSTUNREACH)',
      ),
    });
    subscription.unsubscribe();
    other.close();
  });

  it('connects to requesters that bind', async () => {
    const statuses = new Statuses();
    const answer = lastValueFrom(of('a').pipe(request(bind, { bind: true, codec: text, status: statuses })));
    const subscription = reply(await statuses.endpoint(), (r: string) => `${r}!`, {
      bind: false,
      codec: text,
    }).subscribe();
    expect(await answer).toBe('a!');
    subscription.unsubscribe();
  });

  it('abandons its handlers when unsubscribed', async () => {
    const statuses = new Statuses();
    let stopped = 0;
    let started = 0;
    const handler = () => {
      started += 1;
      return new Observable<string>(() => () => (stopped += 1));
    };
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const client = dealer(await statuses.endpoint());
    await client.send(['1', '', 'x']);
    await client.send(['2', '', 'y']);
    await until(() => started === 2);
    subscription.unsubscribe();
    expect(stopped).toBe(2);
    await statuses.first('closed');
    client.close();
  });

  it('refuses a handler that is none', () => {
    expect(() => reply(bind, 'handler' as never)).toThrow(/the handler must be a function, got 'handler'/);
  });

  it('serves request with many at once, each its own', async () => {
    const statuses = new Statuses();
    const handler = (r: string) => of(`${r}!`).pipe(delay(Number(r) % 3));
    const subscription = reply(bind, handler, { codec: text, status: statuses }).subscribe();
    const endpoint = await statuses.endpoint();
    const numbers = Array.from({ length: 200 }, (_, i) => String(i));
    const replies = of(...numbers).pipe(request(endpoint, { codec: text, concurrency: 16 }), toArray());
    expect(await lastValueFrom(replies)).toEqual(numbers.map((n) => `${n}!`));
    expect(await firstValueFrom(of('7').pipe(request(endpoint, { codec: text })))).toBe('7!');
    subscription.unsubscribe();
  });
});

/** Settles once it is so; turns of the event loop pass meanwhile. The test's own limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
