import { firstValueFrom, from, of, toArray } from 'rxjs';
import { openSocket, type Parts, reply, request, requester, text } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Reply, Router } from 'zeromq';
import { driver } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';

interface Server {
  readonly endpoint: string;
  /** How often it was asked. */
  readonly served: () => number;
}

/** Answers with capitals, as a ROUTER of libzmq does that is written for what a REQ sends. Ends at anything else. */
async function libzmqByPosition(): Promise<Server> {
  return serve(new Router({ linger: 0 }), ([id, empty, body, ...more]) => {
    if (empty!.length > 0 || body === undefined || more.length > 0) throw new Error('not three parts');
    return [id!, '', body.toString().toUpperCase()];
  });
}

async function libzmqKeepingEnvelopes(): Promise<Server> {
  return serve(new Router({ linger: 0 }), (parts) => [...parts.slice(0, -1), parts.at(-1)!.toString().toUpperCase()]);
}

async function libzmqRep(): Promise<Server> {
  return serve(new Reply({ linger: 0 }), ([body]) => [body!.toString().toUpperCase()]);
}

async function serve(
  socket: Router | Reply,
  answer: (parts: Buffer[]) => readonly (Buffer | string)[],
): Promise<Server> {
  let served = 0;
  await socket.bind('tcp://127.0.0.1:*');
  onTestFinished(() => socket.close());
  void (async () => {
    for await (const parts of socket) {
      served += 1;
      await socket.send([...answer(parts)]);
    }
  })().catch(() => undefined); // it stays there, and answers nobody
  return { endpoint: socket.lastEndpoint!, served: () => served };
}

async function ownReply(endpoint = 'tcp://127.0.0.1:*'): Promise<Server> {
  let served = 0;
  const statuses = new Statuses();
  const serving = reply(endpoint, (asked: string) => asked.toUpperCase(), { codec: text, driver, status: statuses });
  const subscription = serving.subscribe(() => (served += 1));
  onTestFinished(() => subscription.unsubscribe());
  return { endpoint: (await statuses.first('listening')).endpoint, served: () => served };
}

/** A ROUTER of ours that is no `reply`, which a test answers for. */
async function stranger(endpoint: string) {
  const router = openSocket('router', { driver }).bind(endpoint);
  onTestFinished(() => router.close({ lingerMs: 0 }));
  const asked: Parts[] = [];
  const waiting: ((parts: Parts) => void)[] = [];
  const subscription = router.messages.subscribe((parts) => {
    const take = waiting.shift();
    if (take) take(parts);
    else asked.push(parts);
  });
  onTestFinished(() => subscription.unsubscribe());
  const next = (): Promise<Parts> => {
    const parts = asked.shift();
    return parts ? Promise.resolve(parts) : new Promise((resolve) => waiting.push(resolve));
  };
  return { endpoint: (await router.opened)[0]!, next, send: (parts: (Uint8Array | string)[]) => router.send(parts) };
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const capitals = letters.map((letter) => letter.toUpperCase());
const lengths = (parts: Parts): number[] => parts.slice(1).map((part) => part.length);

const SERVERS = { libzmqByPosition, libzmqKeepingEnvelopes, libzmqRep, ownReply };

// The native driver cannot tell what its peers are.
describe.runIf(driver === 'engine')('request, with nothing said about `correlate`', () => {
  it.each(Object.entries(SERVERS))('is answered by %s', async (_, start) => {
    const { endpoint } = await start();
    const replies = from(letters).pipe(request(endpoint, { codec: text }), toArray());
    expect(await firstValueFrom(replies)).toEqual(capitals);
  });

  it('is answered by all of them together, in turns', async () => {
    const servers = await Promise.all(Object.values(SERVERS).map((start) => start()));
    const statuses = new Statuses();
    const endpoints = servers.map(({ endpoint }) => endpoint);
    const options = { codec: text, status: statuses };
    const gate = new Promise<void>((resolve) => {
      void Promise.all(endpoints.map((_, n) => statuses.nth('connected', n + 1))).then(() => resolve());
    });
    async function* source() {
      yield 'first'; // the socket opens
      await gate;
      yield* letters;
    }
    const replies = await firstValueFrom(from(source()).pipe(request(endpoints, options), toArray()));
    expect(replies).toEqual(['FIRST', ...capitals]);
    expect(servers.map(({ served }) => served() >= 2)).toEqual([true, true, true, true]);
    expect(statuses.all.filter(({ kind }) => kind === 'disconnected' || kind === 'invalid')).toEqual([]);
  });

  describe.each(['tcp://127.0.0.1:*', 'inproc://stranger'])('to a ROUTER at %s', (wildcard) => {
    it('looks as a REQ sends it', async () => {
      const router = await stranger(wildcard);
      const answer = firstValueFrom(of('hello').pipe(request(router.endpoint, { codec: text })));
      const parts = await router.next();
      expect(lengths(parts)).toEqual([0, 5]);
      await router.send([parts[0]!, '', 'x']);
      expect(await answer).toBe('x');
    });

    it.each([{ correlate: true }, { concurrency: 2 }])('carries a number with %o', async (options) => {
      const router = await stranger(wildcard);
      const answer = firstValueFrom(of('hello').pipe(request(router.endpoint, { codec: text, ...options })));
      const parts = await router.next();
      expect(lengths(parts)).toEqual([4, 0, 5]);
      await router.send([...parts.slice(0, -1), 'x']);
      expect(await answer).toBe('x');
    });

    it.each([{}, { reconnect: false as const }])(
      'does not take a late reply for the next, with %o',
      async (options) => {
        const router = await stranger(wildcard);
        const onTimeout = () => 'none';
        const limits = { codec: text, timeoutMs: 300, connectTimeoutMs: 10_000, onTimeout, ...options };
        const replies = firstValueFrom(from(['lost', 'found']).pipe(request(router.endpoint, limits), toArray()));
        const lost = await router.next();
        const found = await router.next(); // nobody answered the first
        expect(lost[0]).not.toEqual(found[0]); // over a connection of its own
        await router.send([lost[0]!, '', 'late']);
        await router.send([found[0]!, '', 'in time']);
        expect(await replies).toEqual(['none', 'in time']);
      },
    );
  });

  it('keeps its connection to a reply that did not answer', async () => {
    const statuses = new Statuses();
    const serving = reply('inproc://mute', () => new Promise<string>(() => undefined), { codec: text });
    const subscription = serving.subscribe();
    onTestFinished(() => subscription.unsubscribe());
    const options = { codec: text, timeoutMs: 20, retries: 2, status: statuses };
    await expect(firstValueFrom(of('x').pipe(request('inproc://mute', options)))).rejects.toMatchObject({ tries: 3 });
    expect(statuses.all.filter(({ kind }) => kind === 'connected')).toHaveLength(1);
  });

  it.each(['request', 'requester'])('%s of many at once says what a ROUTER may miss', async (name) => {
    const { endpoint } = await libzmqByPosition();
    const options = { codec: text, timeoutMs: 50, connectTimeoutMs: 20_000 };
    const asker = requester(endpoint, options);
    onTestFinished(() => asker.close());
    const asked =
      name === 'request' ? of('x').pipe(request(endpoint, { ...options, concurrency: 2 })) : asker.request('x');
    const error = (await firstValueFrom(asked).catch((e: unknown) => e)) as Error;
    expect(error).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true });
    expect(String(error.cause)).toContain("set option 'correlate' to false");
  });
});
