import { firstValueFrom, map, merge, type Observable, range, Subject, take, timer, toArray } from 'rxjs';
import { pacedMap } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { openSocket } from '../../../src/sockets/openSocket.js';
import { proxy as typedProxy } from '../../../src/sockets/proxy/proxy.js';
import type { ProxyStatus } from '../../../src/sockets/proxy/ProxyStatus.js';
import type { SocketType } from '../../../src/sockets/SocketTypes.js';
import { TrafficCount } from '../../../src/sockets/proxy/TrafficCount.js';
import { thrownBy } from '../../frame/arbitraries.js';
import { collect } from '../../helpers/collect.js';
import { Random } from '../../helpers/Random.js';
import { bound, drivers, next, open, textOf, texts } from '../open.js';

/** As plain JavaScript sees it. */
const proxy = typedProxy as (frontend: any, backend: any, options?: any) => Observable<ProxyStatus>;

const pairs = drivers.flatMap((front) => drivers.map((back) => ({ front, back })));
const quiet = { everyMs: 3_600_000 };
let names = 0;

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits until a number has not grown for some time: nothing goes on any more. */
async function settled(count: () => number): Promise<number> {
  for (let idle = 0, before = -1; idle < 50; before = count()) {
    await new Promise((resolve) => setTimeout(resolve, 1)); // a native send is tried again after so long
    idle = count() === before ? idle + 1 : 0;
  }
  return count();
}

const numbers = (messages: Observable<Uint8Array[]>) => messages.pipe(map((parts) => Number(textOf(parts.at(-1)!))));
const upTo = (end: number) => Array.from({ length: end }, (_, n) => n);

describe.each(pairs)('a proxy between $front and $back', ({ front, back }) => {
  it('router and dealer: requests to workers in turn, and each reply to who asked', async () => {
    const [router, dealer] = [open('router', { driver: front }), open('dealer', { driver: back })];
    const [frontend, backend] = [await bound(router), await bound(dealer)];
    collect(proxy(router, dealer));
    const served: string[] = [];
    for (const name of ['left', 'right']) {
      const rep = open('rep').connect(backend);
      collect(
        rep.messages.pipe(
          map((parts) => {
            served.push(name);
            return [...parts, name];
          }),
          rep.sink(),
        ),
      );
    }
    const clients = ['a', 'b', 'c'].map((name) => ({ name, req: open('req').connect(frontend) }));
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(
        clients.map(async ({ name, req }) => {
          await req.send([name, String(round)]);
          expect(texts(await next(req)).slice(0, 2)).toEqual([name, String(round)]);
        }),
      );
    }
    expect(new Set(served)).toEqual(new Set(['left', 'right']));
  });

  it('xsub and xpub: subscriptions go through, and come back', async () => {
    const [xsub, xpub] = [open('xsub', { driver: front }), open('xpub', { driver: back })];
    const [frontend, backend] = [await bound(xsub), await bound(xpub)];
    collect(proxy(xsub, xpub));
    const publisher = open('xpub').connect(frontend);
    const changes = collect(publisher.messages.pipe(map((parts) => texts(parts)[0])));
    const sub = open('sub').connect(backend).subscribe('news.', 'sport.');
    expect((await changes.first(2)).sort()).toEqual(['\x01news.', '\x01sport.']);
    for (const topic of ['other', 'news.today', 'sport.today']) await publisher.send([topic, 'x']);
    const received = await firstValueFrom(sub.messages.pipe(take(2), map(texts), toArray()));
    expect(received).toEqual([
      ['news.today', 'x'],
      ['sport.today', 'x'],
    ]);
    sub.unsubscribe('news.');
    expect((await changes.first(3)).at(-1)).toBe('\x00news.');
    const late = open('sub').connect(backend).subscribe('');
    expect((await changes.first(4)).at(-1)).toBe('\x01');
    await publisher.send('for all');
    expect(texts(await next(late))).toEqual(['for all']);
  });

  it('pull and push: a side without room stalls the other, and nothing is lost', async () => {
    const pull = open('pull', { driver: front, receiveHighWaterMark: 5 });
    const push = open('push', { driver: back, sendHighWaterMark: 5 });
    const feeder = open('push', { driver: front, sendHighWaterMark: 5 });
    const endpoint = `inproc://fed ${(names += 1)}`;
    await bound(pull, endpoint);
    feeder.connect(endpoint);
    const running = collect(proxy(pull, push, { everyMs: 5 }));
    let fed = 0;
    for (let n = 0; n < 200; n += 1) void feeder.send(String(n)).then(() => (fed += 1));
    expect(await settled(() => fed)).toBeLessThanOrEqual(5 + 5 + 3); // the marks, two that were read, and one ahead
    expect(running.values.at(-1)?.toBackend).toMatchObject({ messages: 0, stalled: true });
    const end = open('pull', { driver: back });
    push.connect(await bound(end));
    expect(await firstValueFrom(numbers(end.messages).pipe(take(200), toArray()))).toEqual(upTo(200));
    expect(running.open).toBe(true);
  });

  it('a way that is stalled leaves the other alone', async () => {
    const [left, right] = [open('pair', { driver: front }), open('pair', { driver: back, sendHighWaterMark: 1 })];
    const [client, server] = [open('pair'), open('pair', { receiveHighWaterMark: 1, highWaterBytes: 1 })];
    client.connect(await bound(left));
    server.connect(await bound(right));
    collect(proxy(left, right, quiet));
    const waiting = Array.from({ length: 200 }, () => client.send(new Uint8Array(100_000)));
    let sent = 0;
    for (const one of waiting) void one.then(() => (sent += 1)).catch(() => undefined);
    await settled(() => sent);
    for (let n = 0; n < 100; n += 1) {
      await server.send(String(n));
      expect(texts(await next(client))).toEqual([String(n)]);
    }
    await firstValueFrom(server.messages.pipe(take(200), toArray()));
  });

  it('stops when it is unsubscribed, goes on when it is subscribed again, and loses nothing', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    const received = collect(numbers(end.messages));
    const forwarding = proxy(pull, push, quiet);
    for (let round = 0; round < 5; round += 1) {
      const running = collect(forwarding);
      for (let n = 0; n < 20; n += 1) await feeder.send(String(round * 40 + n));
      await received.first(round * 40 + 20);
      running.unsubscribe();
      for (let n = 20; n < 40; n += 1) await feeder.send(String(round * 40 + n));
      expect(await settled(() => received.values.length)).toBe(round * 40 + 20);
      const again = collect(forwarding);
      await received.first(round * 40 + 40);
      again.unsubscribe();
    }
    expect(received.values).toEqual(upTo(200));
  });

  it('captures what goes through, both ways', async () => {
    const [left, right] = [open('pair', { driver: front }), open('pair', { driver: back })];
    const capture = open('push', { driver: back });
    const [client, server, log] = [open('pair'), open('pair'), open('pull')];
    client.connect(await bound(left));
    server.connect(await bound(right));
    log.connect(await bound(capture));
    const logged = collect(log.messages.pipe(map(texts)));
    await capture.send('hello');
    await logged.first(1);
    const running = collect(proxy(left, right, { capture, everyMs: 5 }));
    await client.send(['to', 'the right']);
    expect(texts(await next(server))).toEqual(['to', 'the right']);
    await logged.first(2);
    await server.send('to the left');
    expect(texts(await next(client))).toEqual(['to the left']);
    expect((await logged.first(3)).slice(1)).toEqual([['to', 'the right'], ['to the left']]);
    await firstValueFrom(proxy(open('pair'), open('pair'), { everyMs: 1 })); // one that is idle tells as well
    running.unsubscribe();
  });

  it('waits for no capture', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    const capture = open('push', { driver: back }); // it has no peer, and so no room
    const running = collect(proxy(pull, push, { capture, everyMs: 5 }));
    collect(range(0, 3000).pipe(map(String), feeder.sink({ maxBuffered: 3000 })));
    expect(await firstValueFrom(numbers(end.messages).pipe(take(3000), toArray()))).toEqual(upTo(3000));
    void pull.close();
    await running.completed;
    const last = running.values.at(-1)!;
    expect(last.toBackend).toMatchObject({ messages: 3000, dropped: 0 });
    expect(last.captured.messages).toBe(0);
    expect(last.captured.dropped).toBeGreaterThanOrEqual(2000); // a native socket has up to 1000 waiting
    const withClosed = collect(proxy(open('pull'), push, { capture, ...quiet }));
    await capture.close();
    expect(withClosed.open).toBe(true);
  });

  it('tells counts, and completes when a socket is closed', async () => {
    const [left, right] = [open('pair', { driver: front }), open('pair', { driver: back })];
    const [client, server] = [open('pair'), open('pair')];
    client.connect(await bound(left));
    server.connect(await bound(right));
    const running = collect(proxy(left, right, { everyMs: 1 }));
    for (const word of ['one', 'three', 'seven']) {
      await client.send([word, '!']);
      await next(server);
    }
    await server.send('four');
    await next(client);
    await right.close();
    await running.completed;
    const { toBackend, toFrontend, captured } = running.values.at(-1)!;
    expect(toBackend).toMatchObject({ messages: 3, bytes: 16, dropped: 0 });
    expect(toFrontend).toMatchObject({ messages: 1, bytes: 4, dropped: 0 });
    expect(captured).toEqual({ messages: 0, dropped: 0 });
    const counts = running.values.map((status) => status.toBackend.messages);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(running.values.some((status) => status.toBackend.messagesPerSecond > 0)).toBe(true);
    expect(await left.opened).toHaveLength(1); // the other is still there
  });

  it('reads nothing for a side that has no peer', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
    const feeder = open('push').connect(await bound(pull));
    const read = collect(pull.messages.pipe(map(texts)));
    collect(proxy(pull, push, quiet));
    await feeder.send('waiting');
    await settled(() => read.values.length);
    expect(read.values).toEqual([]);
    const end = open('pull').connect(await bound(push));
    expect(texts(await next(end))).toEqual(['waiting']);
    expect(read.values).toEqual([['waiting']]);
  });

  it('completes when the one it reads is closed, and loses nothing that it has read', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back, sendHighWaterMark: 1 })];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull', { receiveHighWaterMark: 1, highWaterBytes: 1 }).connect(await bound(push));
    const read = collect(numbers(pull.messages));
    const running = collect(proxy(pull, push, quiet));
    for (let n = 0; n < 200; n += 1) void feeder.send([new Uint8Array(100_000), String(n)]).catch(() => undefined);
    expect(await settled(() => read.values.length)).toBeLessThan(200);
    await pull.close();
    const received = firstValueFrom(numbers(end.messages).pipe(take(read.values.length), toArray()));
    await running.completed;
    expect(await received).toEqual(upTo(read.values.length));
    expect(running.values.at(-1)!.toBackend).toMatchObject({ messages: read.values.length, dropped: 0 });
    expect(await collect(proxy(pull, push)).error).toMatchObject({ code: 'ERR_SOCKET' });
  });

  it('errors when a socket fails', async () => {
    const taken = await bound(open('pull', { driver: back }));
    for (const broken of ['pull', 'push'] as const) {
      const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
      const running = collect(proxy(pull, push, quiet));
      (broken === 'pull' ? pull : push).bind(taken);
      expect(await running.error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind', endpoint: taken });
      expect(await collect(proxy(pull, push)).error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
    }
  });

  it('rep and req: one at a time', async () => {
    const [rep, req] = [open('rep', { driver: front }), open('req', { driver: back })];
    const [asker, answerer] = [open('req'), open('rep')];
    asker.connect(await bound(rep));
    answerer.connect(await bound(req));
    collect(proxy(rep, req, quiet));
    collect(
      answerer.messages.pipe(
        map(([word]) => `re ${textOf(word!)}`),
        answerer.sink(),
      ),
    );
    for (const word of ['a', 'b', 'c']) {
      await asker.send(word);
      expect(texts(await next(asker))).toEqual([`re ${word}`]);
    }
  });

  it('what can never be sent is counted, and nothing else is harmed', async () => {
    const [pull, router] = [open('pull', { driver: front }), open('router', { driver: back, mandatory: true })];
    const feeder = open('push').connect(await bound(pull));
    const dealer = open('dealer', { routingId: 'here' }).connect(await bound(router));
    await dealer.send('hello');
    await next(router);
    const running = collect(proxy(pull, router, { everyMs: 2 }));
    for (const id of ['gone', 'here', 'gone', 'here']) await feeder.send([id, 'x']);
    await firstValueFrom(dealer.messages.pipe(take(2), toArray()));
    await pull.close();
    await running.completed;
    expect(running.values.at(-1)!.toBackend).toMatchObject({ messages: 2, dropped: 2 });
  });

  it('lets timers in, however fast messages come', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    let sinceTimer = 0;
    let most = 0;
    const ticks = setInterval(() => (sinceTimer = 0), 1);
    pull.messages.subscribe(() => {
      for (const stop = performance.now() + 1; performance.now() < stop;);
      most = Math.max(most, (sinceTimer += 1));
    });
    collect(proxy(pull, push, quiet));
    const received = firstValueFrom(end.messages.pipe(take(300), toArray()));
    for (let n = 0; n < 300; n += 1) await feeder.send(String(n));
    await received;
    clearInterval(ticks);
    expect(most).toBeLessThan(30); // each takes 1 ms of a turn of a few; without turns it is hundreds
  });

  it('passes on what comes in bursts, in order', async () => {
    const [pull, push] = [open('pull', { driver: front }), open('push', { driver: back })];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    collect(proxy(pull, push, quiet));
    const received = firstValueFrom(numbers(end.messages).pipe(take(10_000), toArray()));
    collect(range(0, 10_000).pipe(map(String), feeder.sink({ maxBuffered: 10_000 })));
    expect(await received).toEqual(upTo(10_000));
  });

  it('serves 50 clients with 10 workers, all of which come and go', async () => {
    const random = new Random();
    const told = `seed ${random.seed}`;
    const [router, dealer] = [open('router', { driver: front }), open('dealer', { driver: back })];
    const [frontend, backend] = [await bound(router), await bound(dealer)];
    const running = collect(proxy(router, dealer, { everyMs: 20 }));

    const gone: unknown[] = [];
    const startWorker = (n: number) => {
      const rep = openSocket('rep', { driver: drivers[n % 2] }).connect(backend);
      rep.messages
        .pipe(
          pacedMap((parts) => timer(random.below(4)).pipe(map(() => [...parts, 'served']))),
          rep.sink(),
        )
        .subscribe({ error: (error: unknown) => gone.push(error) }); // it had a reply that it did not send any more
      return rep;
    };
    const workers = Array.from({ length: 10 }, (_, n) => startWorker(n));
    let killed = 0;
    const kill = (): void => {
      const n = random.below(workers.length);
      void workers[n]!.close({ lingerMs: 0 });
      workers[n] = startWorker(n);
      killed += 1;
    };

    const wrong: unknown[] = [];
    let left = 0;
    let served = 0;
    const runClient = async (n: number): Promise<void> => {
      const start = () =>
        openSocket('req', { driver: drivers[n % 2], relaxed: true, correlate: true }).connect(frontend);
      let req = start();
      let patienceMs = 300;
      for (let round = 0; round < 10;) {
        if (random.oneIn(5)) {
          void req.send('of a client that leaves at once');
          void req.close({ lingerMs: 0 });
          req = start();
          left += 1;
        }
        const word = `${n}.${round}`;
        await req.send(word);
        const answer = await firstValueFrom(
          merge(req.messages.pipe(map(texts)), timer(patienceMs).pipe(map(() => undefined))), // whoever has it may be gone
        );
        patienceMs = answer === undefined ? 2 * patienceMs : 300;
        if (answer === undefined) continue;
        if (answer.join() !== `${word},served`) wrong.push([word, answer]);
        round += 1;
        served += 1;
        if (served % 10 === 0) kill();
      }
      await req.close();
    };
    await Promise.all(Array.from({ length: 50 }, (_, n) => runClient(n)));
    for (const worker of workers) void worker.close({ lingerMs: 0 });

    expect(wrong, told).toEqual([]);
    for (const error of gone) expect(error, told).toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
    expect([killed, left > 50], told).toEqual([50, true]);
    expect(running.open, told).toBe(true);
    await router.close();
    await running.completed;
    expect(running.values.at(-1)!.toFrontend.messages, told).toBeGreaterThanOrEqual(500);
  }, 240_000);
});

describe('a proxy', () => {
  it('is cold, and does nothing before it is subscribed', async () => {
    const [pull, push] = [open('pull'), open('push')];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    proxy(pull, push);
    const received = collect(end.messages);
    await feeder.send('x');
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(received.values).toEqual([]);
    collect(proxy(pull, push));
    await received.first(1);
  });

  it('is not held back by who hears its statuses', async () => {
    const [pull, push] = [open('pull'), open('push')];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    const busy = new Subject<never>();
    const statuses = collect(proxy(pull, push, { everyMs: 1 }).pipe(pacedMap(() => busy)));
    collect(range(0, 500).pipe(map(String), feeder.sink()));
    await firstValueFrom(end.messages.pipe(take(500), toArray()));
    statuses.unsubscribe();
  });

  it('gives others who read the same messages as well', async () => {
    const [pull, push] = [open('pull'), open('push')];
    const feeder = open('push').connect(await bound(pull));
    const end = open('pull').connect(await bound(push));
    const tapped = collect(pull.messages.pipe(map(texts)));
    collect(proxy(pull, push, quiet));
    await feeder.send(['a', 'b']);
    expect(texts(await next(end))).toEqual(['a', 'b']);
    expect(tapped.values).toEqual([['a', 'b']]);
  });

  it('keeps pace with a socket that is both sides', async () => {
    const dealer = open('dealer');
    const other = open('dealer').connect(await bound(dealer));
    collect(proxy(dealer, dealer, quiet));
    for (let n = 0; n < 10; n += 1) {
      await other.send(['echo', String(n)]);
      expect(texts(await next(other))).toEqual(['echo', String(n)]);
    }
  });

  it('carries messages of one part, and of groups', async () => {
    const [gather, scatter] = [open('gather'), open('scatter')];
    const [from, to] = [open('scatter').connect(await bound(gather)), open('gather').connect(await bound(scatter))];
    collect(proxy(gather, scatter, quiet));
    await from.send('piece');
    expect(textOf(await next(to))).toBe('piece');

    const [left, right] = [open('channel'), open('channel')];
    const [one, other] = [open('channel').connect(await bound(left)), open('channel').connect(await bound(right))];
    collect(proxy(left, right, quiet));
    await one.send('there');
    expect(textOf(await next(other))).toBe('there');
    await other.send('back');
    expect(textOf(await next(one))).toBe('back');

    const dish = open('dish').join('music');
    const radio = open('radio');
    const sender = open('radio').connect(await bound(dish));
    const listener = open('dish')
      .join('music')
      .connect(await bound(radio));
    collect(proxy(dish, radio, quiet));
    const heard = next(listener);
    const ticks = setInterval(() => void sender.send({ group: 'music', data: 'la' }), 1);
    expect(await heard).toEqual({ group: 'music', data: new TextEncoder().encode('la') });
    clearInterval(ticks);
  });

  it('tells how fast it went since it last told', () => {
    const count = new TrafficCount();
    for (let n = 0; n < 10; n += 1) count.add([new Uint8Array(3), new Uint8Array(7)]);
    expect(count.notify(500, false)).toEqual({
      messages: 10,
      bytes: 100,
      messagesPerSecond: 20,
      bytesPerSecond: 200,
      dropped: 0,
      stalled: false,
    });
    count.add([new Uint8Array(5)]);
    expect(count.notify(2000, true)).toMatchObject({ messages: 11, messagesPerSecond: 0.5, bytesPerSecond: 2.5 });
    expect(count.notify(0, true)).toMatchObject({ messages: 11, messagesPerSecond: 0, bytesPerSecond: 0 });
  });
});

/** Of all types: what their messages look like that they receive and send. */
const shapes: Readonly<Record<SocketType, readonly [receives: string, sends: string]>> = {
  pair: ['parts', 'parts'],
  pub: ['', 'parts'],
  sub: ['parts', ''],
  xpub: ['parts', 'parts'],
  xsub: ['parts', 'parts'],
  push: ['', 'parts'],
  pull: ['parts', ''],
  req: ['parts', 'parts'],
  rep: ['parts', 'parts'],
  dealer: ['parts', 'parts'],
  router: ['parts', 'parts'],
  stream: ['', ''],
  server: ['', ''],
  client: ['one', 'one'],
  radio: ['', 'group'],
  dish: ['group', ''],
  scatter: ['', 'one'],
  gather: ['one', ''],
  dgram: ['', ''],
  peer: ['', ''],
  channel: ['one', 'one'],
};
const types = Object.keys(shapes) as SocketType[];

describe('misuse of proxy', () => {
  const fits = (from: SocketType, to: SocketType): boolean =>
    shapes[from][0] !== '' && shapes[from][0] === shapes[to][1];

  it.each(types)('%s goes with what fits it, and nothing else', (type) => {
    const socket = open(type);
    for (const other of types) {
      const join = (): unknown => proxy(socket, open(other));
      if (fits(type, other) || fits(other, type)) expect(join).not.toThrow();
      else {
        expect(thrownBy(join)).toMatchObject({
          code: 'ERR_UNSUPPORTED',
          message: `proxy: nothing that a ${type} socket receives can go to a ${other} socket, nor the other way`,
        });
      }
    }
  });

  it('refuses what is no socket', () => {
    const dealer = open('dealer');
    for (const none of [undefined, null, 7, 'tcp://127.0.0.1:1', {}, { ...dealer }]) {
      expect(thrownBy(() => proxy(none, dealer))).toMatchObject({ code: 'ERR_OPTION', option: 'frontend' });
      expect(thrownBy(() => proxy(dealer, none))).toMatchObject({ code: 'ERR_OPTION', option: 'backend' });
    }
  });

  it('refuses options that are none', () => {
    const [router, dealer] = [open('router'), open('dealer')];
    for (const capture of [7, {}, open('pull'), open('router'), open('req'), open('scatter')]) {
      expect(thrownBy(() => proxy(router, dealer, { capture }))).toMatchObject({
        code: 'ERR_OPTION',
        option: 'capture',
      });
    }
    for (const everyMs of [0, -1, '1', Infinity]) {
      expect(thrownBy(() => proxy(router, dealer, { everyMs }))).toMatchObject({ option: 'everyMs' });
    }
    expect(thrownBy(() => proxy(router, dealer, { captrue: undefined }))).toMatchObject({
      message: "proxy: unknown option 'captrue'; did you mean 'capture'?",
    });
    expect(thrownBy(() => proxy(router, dealer, null))).toMatchObject({ option: 'options' });
  });

  it('errors where a socket is closed already', async () => {
    const [router, dealer] = [openSocket('router'), open('dealer')];
    const forwarding = proxy(router, dealer);
    await router.close();
    expect(await collect(forwarding).error).toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
  });
});
