import { firstValueFrom, from, of, toArray } from 'rxjs';
import { openSocket, OptionError, request, requester, text } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { thrownBy } from '../frame/arbitraries.js';
import { driver } from '../helpers/driver.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { Statuses } from '../helpers/Statuses.js';

type Ask = readonly [id: Uint8Array, body: string];

/** A server that takes what a REQ sends apart by position, and answers when it is told to. */
async function byPosition(endpoint = 'tcp://127.0.0.1:*') {
  const router = openSocket('router', { driver }).bind(endpoint);
  onTestFinished(() => router.close({ lingerMs: 0 }));
  const asked: Ask[] = [];
  const waiting: ((ask: Ask) => void)[] = [];
  const faults: string[] = [];
  const subscription = router.messages.subscribe(([id, empty, body, ...rest]) => {
    if (empty?.length !== 0 || body === undefined || rest.length > 0) faults.push('not id, empty part and body');
    const ask: Ask = [id!, new TextDecoder().decode(body)];
    const take = waiting.shift();
    if (take) take(ask);
    else asked.push(ask);
  });
  onTestFinished(() => subscription.unsubscribe());
  return {
    endpoint: (await router.opened)[0]!,
    faults,
    next: () => {
      const ask = asked.shift();
      return ask ? Promise.resolve(ask) : new Promise<Ask>((resolve) => waiting.push(resolve));
    },
    waits: () => asked.length,
    answer: ([id]: Ask, body: string) => router.send([id, '', body]),
  };
}

describe.each(driver === 'engine' ? ['tcp://127.0.0.1:*', 'inproc://by-position'] : ['tcp://127.0.0.1:*'])(
  'requests without numbers to %s',
  (wildcard) => {
    it('look as a plain REQ sends them, and are answered', async () => {
      const server = await byPosition(wildcard);
      const replies = firstValueFrom(
        from(['a', 'b', 'c']).pipe(request(server.endpoint, { codec: text, correlate: false }), toArray()),
      );
      for (const body of ['a', 'b', 'c']) {
        const ask = await server.next();
        expect(ask[1]).toBe(body);
        await server.answer(ask, body.toUpperCase());
      }
      expect(await replies).toEqual(['A', 'B', 'C']);
      expect(server.faults).toEqual([]);
    });

    it('of a requester go out one after the other, also where one is given up before its turn', async () => {
      const server = await byPosition(wildcard);
      const client = requester(server.endpoint, { codec: text, correlate: false });
      onTestFinished(() => client.close());
      const [one, , three] = ['one', 'two', 'three'].map((body) => {
        const answer: { value?: string } = {};
        const subscription = client.request(body).subscribe((value) => (answer.value = value));
        if (body === 'two') subscription.unsubscribe();
        return answer;
      });
      const first = await server.next();
      expect([first[1], server.waits()]).toEqual(['one', 0]);
      await server.answer(first, '1');
      const second = await server.next();
      expect([second[1], one!.value]).toEqual(['three', '1']);
      await server.answer(second, '3');
      await expect.poll(() => three!.value).toBe('3');
    });

    it('do not take a late reply for that to a later request', async () => {
      const server = await byPosition(wildcard);
      const client = requester(server.endpoint, {
        codec: text,
        correlate: false,
        timeoutMs: 300,
        connectTimeoutMs: 10_000,
      });
      onTestFinished(() => client.close());
      const lost = firstValueFrom(client.request('lost')).catch((error: unknown) => error);
      const late = await server.next();
      expect(await lost).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true, tries: 1 });
      const found = firstValueFrom(client.request('found'));
      const ask = await server.next();
      await server.answer(late, 'late');
      await server.answer(ask, 'in time');
      expect(await found).toBe('in time');
    });

    it('are tried again over a new connection, and count their tries', async () => {
      const server = await byPosition(wildcard);
      const options = { codec: text, correlate: false, timeoutMs: 100, connectTimeoutMs: 10_000, retries: 2 };
      const outcome = firstValueFrom(of('x').pipe(request(server.endpoint, options))).catch((error: unknown) => error);
      const ids = new Set<string>();
      for (let n = 0; n < 3; n += 1) ids.add(String((await server.next())[0]));
      expect(ids.size).toBe(3);
      expect(await outcome).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', sent: true, tries: 3 });
    });

    it('that are given up do not leave their reply to the next', async () => {
      const server = await byPosition(wildcard);
      const client = requester(server.endpoint, { codec: text, correlate: false });
      onTestFinished(() => client.close());
      const given = client.request('given up').subscribe();
      const first = await server.next();
      given.unsubscribe();
      await server.answer(first, 'too late');
      const next = firstValueFrom(client.request('next'));
      await server.answer(await server.next(), 'mine');
      expect(await next).toBe('mine');
    });
  },
);

it('closing fails what waits, and settles', async () => {
  const server = await byPosition();
  const client = requester(server.endpoint, { codec: text, correlate: false });
  const outcomes = ['a', 'b'].map((body) => firstValueFrom(client.request(body)).catch((error: unknown) => error));
  await server.next();
  await client.close();
  for (const outcome of outcomes) expect(await outcome).toMatchObject({ code: 'ERR_SOCKET' });
});

it('closing fails any number that wait', async () => {
  const client = requester(await nobodyAt(), { codec: text, correlate: false });
  const outcomes = Array.from({ length: 5000 }, (_, n) =>
    firstValueFrom(client.request(String(n))).catch((error: unknown) => error),
  );
  await client.close();
  for (const outcome of outcomes) expect(await outcome).toMatchObject({ code: 'ERR_SOCKET' });
});

it.each([
  [{ bind: true }, 'bind'],
  [{ concurrency: 2 }, 'concurrency'],
  [{ correlate: 'no' }, 'correlate'],
])('%o is refused', (options, option) => {
  const error = thrownBy(() => request('tcp://127.0.0.1:1', { codec: text, correlate: false, ...options } as never));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option, message: expect.stringContaining(`request: option '${option}'`) });
});

it('a server that sends the envelope of a plain REQ back is told by status', async () => {
  const statuses = new Statuses();
  const router = openSocket('router', { driver }).bind('tcp://127.0.0.1:*');
  onTestFinished(() => router.close({ lingerMs: 0 }));
  const serving = router.messages.subscribe(([id]) => void router.send([id!, '', 'HELLO']));
  onTestFinished(() => serving.unsubscribe());
  const [endpoint] = await router.opened;
  const asking = of('hello')
    .pipe(request(endpoint!, { codec: text, concurrency: 2, status: statuses, onInvalid: 'skip' }))
    .subscribe();
  onTestFinished(() => asking.unsubscribe());
  const { reason } = await statuses.first('invalid');
  expect(reason).toContain("set option 'correlate' to false");
});
