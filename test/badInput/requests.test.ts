import { concat, NEVER, of, range, throwError, timer } from 'rxjs';
import { json, reply, request, RequestTimeoutError, requester, SocketError, text } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer, Request, Router } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { boundPeer, closed, connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

const delimiter = new Uint8Array();
/** For a peer that is there: a slow machine takes its time to connect. */
const connectTimeoutMs = 60_000;

describe('a request that nobody answers', () => {
  it('ends with a RequestTimeoutError that says how long and how often it was tried', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const asked = collect(
      of('anyone?').pipe(
        request(endpoint, { correlate: true, codec: text, timeoutMs: 60, connectTimeoutMs, retries: 2 }),
      ),
    );
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.push((await socket.receive())[1]?.toString('hex'));
    const error = await asked.error;
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect(error).toMatchObject({
      name: 'RequestTimeoutError',
      code: 'ERR_REQUEST_TIMEOUT',
      endpoints: [endpoint],
      timeoutMs: 60,
      tries: 3,
      sent: true,
      message: `request: no reply from ${endpoint} within 60 ms (3 tries)`,
    });
    expect(new Set(ids).size).toBe(3); // each try is its own
  });

  it('as nobody is there, says so', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    await closed(socket);
    const asked = collect(
      of('anyone?').pipe(request(endpoint, { codec: text, timeoutMs: 5000, connectTimeoutMs: 50 })),
    );
    expect(await asked.error).toMatchObject({
      code: 'ERR_REQUEST_TIMEOUT',
      timeoutMs: 50,
      tries: 1,
      sent: false,
      message: `request: no peer at ${endpoint} within 50 ms (1 try)`,
    });
  });

  it('does not keep those after it, where onTimeout has a fallback', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const asked = collect(
      of('a', 'b', 'c').pipe(
        request(endpoint, {
          correlate: true,
          codec: text,
          timeoutMs: 500,
          connectTimeoutMs,
          onTimeout: (lost) => `no ${lost}`,
        }),
      ),
    );
    for (const expected of ['a', 'b', 'c']) {
      const [peer, id, , body] = (await socket.receive()) as [Buffer, Buffer, Buffer, Buffer];
      expect(String(body)).toBe(expected);
      if (expected !== 'b') await socket.send([peer, id, delimiter, expected.toUpperCase()]);
    }
    await asked.completed;
    expect(asked.values).toEqual(['A', 'no b', 'C']);
  });

  it('hears nothing of a reply that comes too late, which is told', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const statuses = new Statuses();
    const asked = collect(
      concat(of('a'), NEVER).pipe(
        request(endpoint, {
          correlate: true,
          codec: text,
          timeoutMs: 30,
          connectTimeoutMs,
          status: statuses,
          onTimeout: () => 'late',
        }),
      ),
    );
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await asked.first(1);
    await socket.send([peer, id, delimiter, 'A']);
    expect(await statuses.first('dropped')).toMatchObject({ reason: 'a reply to a request that has ended' });
    expect(asked.values).toEqual(['late']);
  });

  it('costs the others of a requester nothing', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const handle = requester(endpoint, { codec: text, timeoutMs: 500, connectTimeoutMs });
    const lost = collect(handle.request('lost'));
    await socket.receive();
    expect(await lost.error).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true, tries: 1 });
    const found = collect(handle.request('found'));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, 'here']);
    expect(await found.first(1)).toEqual(['here']);
    await handle.close();
  });

  it('ends with what its fallback throws, or project does', async () => {
    const { socket, endpoint } = await boundPeer(new Router());
    const thrown = new Error('no fallback either');
    const fails = () => {
      throw thrown;
    };
    const late = collect(
      of('a').pipe(
        request(endpoint, { correlate: true, codec: text, timeoutMs: 20, connectTimeoutMs, onTimeout: fails }),
      ),
    );
    expect(await late.error).toBe(thrown);
    await socket.receive();
    const projected = collect(of('b').pipe(request(endpoint, { correlate: true, codec: text, project: fails })));
    const [peer, id] = (await socket.receive()) as [Buffer, Buffer];
    await socket.send([peer, id, delimiter, 'B']);
    expect(await projected.error).toBe(thrown);
  });

  it('is refused by a requester that is closed', async () => {
    const handle = requester('inproc://closed', { codec: text });
    const waiting = collect(handle.request('a'));
    await handle.close();
    expect(await waiting.error).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'request',
      endpoint: 'inproc://closed',
    });
    const error = await collect(handle.request('b')).error;
    expect(error).toBeInstanceOf(SocketError);
    expect(error).toMatchObject({ message: 'requester: request failed on inproc://closed: the requester is closed' });
  });
});

describe('a handler that fails costs its requester a timeout, and nobody else anything', () => {
  const failure = new Error('out of order');

  it.each<[string, () => unknown, string, unknown]>([
    [
      'throws',
      () => {
        throw failure;
      },
      'the handler threw: out of order',
      failure,
    ],
    [
      'throws what is no error',
      () => {
        throw 'out of order';
      },
      "the handler threw: 'out of order'",
      'out of order',
    ],
    ['rejects', () => Promise.reject(failure), 'the handler failed: out of order', failure],
    ['errors', () => throwError(() => failure), 'the handler failed: out of order', failure],
    ['completes empty', () => of(), 'the handler completed without a reply', undefined],
    ['outlives its time', () => NEVER, 'the handler took longer than 50 ms', undefined],
    ['never settles', () => new Promise(() => undefined), 'the handler took longer than 50 ms', undefined],
    ['gives what cannot be sent', () => 5n, 'the reply cannot be encoded: ', expect.any(Error)],
    ['gives nothing', () => undefined, 'the reply cannot be encoded: ', expect.any(Error)],
  ])('that %s', async (_, fails, reason, error) => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const served = collect(
      reply('tcp://127.0.0.1:*', (asked) => (asked === 'bad' ? fails() : asked) as never, {
        codec: json<string>(),
        concurrency: 1,
        handlerTimeoutMs: 50,
        status: statuses,
      }),
    );
    const endpoint = await statuses.endpoint();
    const [bad, fine] = [connectedPeer(new Request(), endpoint), connectedPeer(new Request(), endpoint)];
    await bad.send('"bad"');
    const dropped = await statuses.first('dropped');
    expect(dropped).toMatchObject({ count: 1, endpoint, error });
    expect(dropped.reason).toContain(reason);
    await fine.send('"fine"');
    expect(String(await fine.receive())).toBe('"fine"');
    expect(served.values).toEqual([{ request: 'fine', reply: 'fine' }]);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
    expect(warnings.texts[0]).toContain(`reply ${endpoint} left a request without reply: ${reason}`);
  });

  it('warns once, and tells of each', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const throws = (asked: string) => {
      if (asked !== 'fine') throw failure;
      return asked;
    };
    collect(reply('tcp://127.0.0.1:*', throws, { codec: text, status: statuses }));
    const dealer = connectedPeer(new Dealer(), await statuses.endpoint());
    for (const asked of ['a', 'b', 'c', 'fine']) await dealer.send([delimiter, asked]);
    expect(String((await dealer.receive())[1])).toBe('fine');
    expect(statuses.all.filter(({ kind }) => kind === 'dropped')).toHaveLength(3);
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('is told as a timeout by our own request', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    collect(reply('tcp://127.0.0.1:*', () => throwError(() => failure), { codec: text, status: statuses }));
    const asked = collect(
      of('a').pipe(request(await statuses.endpoint(), { codec: text, timeoutMs: 60, connectTimeoutMs })),
    );
    expect(await asked.error).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true });
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });

  it('keeps many others going meanwhile', async () => {
    const [statuses, warnings] = [new Statuses(), heardWarnings()];
    const handler = (asked: number) => {
      if (asked % 3 === 0) throw failure;
      return asked % 3 === 1 ? NEVER : timer(1).pipe(() => of(asked));
    };
    collect(reply('tcp://127.0.0.1:*', handler, { codec: json<number>(), handlerTimeoutMs: 40, status: statuses }));
    const asked = collect(
      range(0, 60).pipe(
        request(await statuses.endpoint(), {
          codec: json<number>(),
          concurrency: 60,
          timeoutMs: 300,
          onTimeout: () => -1,
        }),
      ),
    );
    await asked.completed;
    expect(asked.values).toEqual(Array.from({ length: 60 }, (_, i) => (i % 3 === 2 ? i : -1)));
    await warnings.settled();
    expect(warnings.texts).toHaveLength(1);
  });
});
