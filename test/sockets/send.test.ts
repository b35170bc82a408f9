import { firstValueFrom, from, map, merge, of, Subject, take, toArray } from 'rxjs';
import { pacedMap } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull } from 'zeromq';
import { boundPeer } from '../helpers/peers.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { bound, drivers, next, open, textOf, texts } from './open.js';

describe.each(drivers)('send on %s', (driver) => {
  /** A push socket whose peer does not read: it takes a few, then none. */
  async function full() {
    const pull = open('pull', { driver, receiveHighWaterMark: 1, highWaterBytes: 1 });
    const push = open('push', { driver, sendHighWaterMark: 1, highWaterBytes: 1 });
    push.connect(await bound(pull));
    const large = new Uint8Array(1_000_000);
    const pending: Promise<void>[] = [];
    let sent = 0;
    // What the kernel takes is not known: until one has waited for as long as twenty others took, none goes out any more.
    for (;;) {
      const before = sent;
      pending.push(push.send(large).then(() => void (sent += 1)));
      for (let turns = 0; turns < 200 && sent === before; turns += 1) await turn();
      if (sent === before) return { push, pull, pending, sent: () => sent, large };
    }
  }

  it('resolves at once while there is room, and waits at the mark', async () => {
    const { pull, pending, sent } = await full();
    expect(sent()).toBe(pending.length - 1);
    const messages = collect(pull.messages);
    await Promise.all(pending);
    await messages.first(pending.length);
  });

  it('keeps the order of asking, of those that wait as well', async () => {
    const pair = open('pair', { driver });
    const order: number[] = [];
    const sends = [0, 1, 2, 3, 4].map((n) => pair.send(String(n)).then(() => order.push(n)));
    const other = open('pair', { driver });
    pair.connect(await bound(other));
    const received = await firstValueFrom(other.messages.pipe(map(texts), take(5), toArray()));
    expect(received).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
    await Promise.all(sends);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('gives up when its signal aborts: what waits is withdrawn, and nobody gets it', async () => {
    const { push, pull, pending, large } = await full();
    const controller = new AbortController();
    const reason = new Error('no longer');
    const given = push.send('given up', { signal: controller.signal });
    const after = push.send('after');
    controller.abort(reason);
    await expect(given).rejects.toBe(reason);
    const messages = collect(pull.messages.pipe(map(([part]) => (part!.length < 100 ? textOf(part!) : part!.length))));
    await after;
    const received = await messages.first(pending.length + 1);
    expect(received).toEqual([...pending.map(() => large.length), 'after']);
  });

  it('does not begin with a signal that has aborted', async () => {
    const push = open('push', { driver });
    const signal = AbortSignal.abort(new Error('before'));
    await expect(push.send('x', { signal })).rejects.toThrow('before');
    await expect(push.send('x', { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('leaves no listener on its signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    signal.addEventListener = (...args: any) => ((listeners += 1), addEventListener.apply(signal, args));
    signal.removeEventListener = (...args: any) => ((listeners -= 1), removeEventListener.apply(signal, args));
    const push = open('push', { driver });
    const sends = [push.send('a', { signal }), push.send('b', { signal })];
    expect(listeners).toBe(1); // however many wait
    push.connect(await bound(open('pull', { driver })));
    await Promise.all(sends);
    expect(listeners).toBe(0);
  });

  it('copies, unless it is told not to', async () => {
    const push = open('push', { driver });
    const parts = [new Uint8Array(10).fill(1), new Uint8Array(10_000).fill(1)];
    const waits = push.send(parts);
    parts.forEach((part) => part.fill(2));
    const { socket, endpoint } = await boundPeer(new Pull());
    push.connect(endpoint);
    await waits;
    const goes = push.send(parts);
    parts.forEach((part) => part.fill(3));
    await goes;
    const seen = [await socket.receive(), await socket.receive()].map((message) => message.map((part) => part[0]));
    expect(seen).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('fails at once where it can never work', async () => {
    const req = open('req', { driver });
    const rep = open('rep', { driver });
    req.connect(await bound(rep));
    await expect(rep.send('to nobody')).rejects.toMatchObject({ code: 'ERR_SOCKET', cause: { code: 'EFSM' } });
    await req.send('first');
    await expect(req.send('second')).rejects.toMatchObject({ code: 'ERR_SOCKET', cause: { code: 'EFSM' } });
    expect(texts(await next(rep))).toEqual(['first']);
    await rep.send('reply');
    expect(texts(await next(req))).toEqual(['reply']);
    await req.send('third');
    const router = open('router', { driver, mandatory: true });
    await expect(router.send(['nobody', 'x'])).rejects.toMatchObject({ cause: { code: 'EHOSTUNREACH' } });
  });

  it('drops where its type drops', async () => {
    await open('router', { driver }).send(['nobody', 'x']);
    await open('pub', { driver }).send('to nobody');
    await open('radio', { driver }).send({ group: 'g', data: 'to nobody' });
  });
});

describe.each(drivers)('sink on %s', (driver) => {
  it('sends its input, gives it as sent, and leaves the socket open', async () => {
    const [push, pull] = [open('push', { driver }), open('pull', { driver })];
    push.connect(await bound(pull));
    const received = firstValueFrom(pull.messages.pipe(map(texts), take(4), toArray()));
    const sent = await firstValueFrom(from(['a', 'b', 'c']).pipe(push.sink(), toArray()));
    expect(sent).toEqual(['a', 'b', 'c']);
    await push.send('d');
    expect(await received).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  it('holds back what feeds it', async () => {
    const feeder = open('push', { driver, sendHighWaterMark: 5 });
    const source = open('pull', { driver, receiveHighWaterMark: 5 });
    await bound(source, `inproc://fed ${driver}`);
    feeder.connect(`inproc://fed ${driver}`);
    const push = open('push', { driver });
    const sent = collect(source.messages.pipe(push.sink()));
    let fed = 0;
    for (let n = 0; n < 50; n += 1) void feeder.send(String(n)).then(() => (fed += 1));
    for (let turns = 0; turns < 100; turns += 1) await turn();
    expect(fed).toBeLessThanOrEqual(5 + 5 + 2); // the marks, one that was read, and native one ahead
    expect(sent.values).toEqual([]);
    const pull = open('pull', { driver });
    const received = firstValueFrom(
      pull.messages.pipe(
        map(([n]) => Number(textOf(n!))),
        take(50),
        toArray(),
      ),
    );
    push.connect(await bound(pull));
    expect(await received).toEqual(Array.from({ length: 50 }, (_, n) => n));
    await sent.first(50);
  });

  it('on req it waits for each reply', async () => {
    const [req, rep] = [open('req', { driver }), open('rep', { driver })];
    req.connect(await bound(rep));
    collect(
      rep.messages.pipe(
        map(([word]) => `re ${textOf(word!)}`),
        rep.sink(),
      ),
    );
    const replies = collect(req.messages.pipe(map(([reply]) => textOf(reply!))));
    const sent = await firstValueFrom(from(['a', 'b', 'c']).pipe(req.sink(), toArray()));
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(await replies.first(3)).toEqual(['re a', 're b', 're c']);
  });

  it('on req what is sent may be made of the reply before', async () => {
    const [req, router] = [open('req', { driver }), open('router', { driver })];
    req.connect(await bound(router));
    const answers = req.messages.pipe(map(([task]) => `${textOf(task!)} done`));
    collect(merge(of('ready'), answers).pipe(req.sink()));
    const said = collect(router.messages);
    const [[id]] = (await said.first(1)) as [[Uint8Array]];
    for (const n of [1, 2, 3]) {
      await router.send([id, '', `task ${n}`]);
      expect(texts((await said.first(n + 1)).at(-1)!.slice(2))).toEqual([`task ${n} done`]);
    }
  });

  it('takes turns with others on its socket', async () => {
    const [dealer, router] = [open('dealer', { driver }), open('router', { driver })];
    const inputs = ['x', 'y'].map((name) => collect(from([1, 2, 3].map((n) => `${name}${n}`)).pipe(dealer.sink())));
    dealer.connect(await bound(router));
    const received = await firstValueFrom(
      router.messages.pipe(
        map(([, part]) => textOf(part!)),
        take(6),
        toArray(),
      ),
    );
    expect(received.sort()).toEqual(['x1', 'x2', 'x3', 'y1', 'y2', 'y3']);
    for (const input of inputs) await input.completed;
  });

  it('errors where a value cannot be sent, and where the socket fails', async () => {
    const router = open('router', { driver, mandatory: true });
    await expect(firstValueFrom(of([new Uint8Array([1]), 'x']).pipe(router.sink()))).rejects.toMatchObject({
      code: 'ERR_SOCKET',
      cause: { code: 'EHOSTUNREACH' },
    });
    const holder = open('pull', { driver });
    const endpoint = await bound(holder);
    const push = open('push', { driver });
    const idle = collect(new Subject<string>().pipe(push.sink()));
    const waiting = collect(of('x').pipe(push.sink()));
    push.bind(endpoint);
    for (const { error } of [idle, waiting])
      expect(await error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
  });

  it('completes when its socket is closed, after what it has', async () => {
    const [push, pull] = [open('push', { driver }), open('pull', { driver })];
    const received = collect(pull.messages.pipe(map(texts)));
    push.connect(await bound(pull));
    const input = new Subject<string>();
    const sent = collect(input.pipe(push.sink()));
    input.next('a');
    input.next('b');
    await push.close();
    await sent.completed;
    expect(sent.values).toEqual(['a', 'b']);
    expect(await received.first(2)).toEqual([['a'], ['b']]);
    expect(input.observed).toBe(false);
  });

  it('completes when its socket is closed without a linger, unless that drops a value', async () => {
    const push = open('push', { driver, immediate: true });
    const idle = collect(new Subject<string>().pipe(push.sink()));
    const waiting = collect(of('dropped').pipe(push.sink()));
    await push.close({ lingerMs: 0 });
    await idle.completed;
    expect(await waiting.error).toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
  });

  it('lets go of what it waits with when it is unsubscribed', async () => {
    const push = open('push', { driver });
    const sent = collect(from(['a', 'b']).pipe(push.sink()));
    sent.unsubscribe();
    const pull = open('pull', { driver });
    push.connect(await bound(pull));
    await push.send('c');
    expect(texts(await next(pull))).toEqual(['c']);
  });

  it('tells of too many values that demand does not reach', async () => {
    const push = open('push', { driver });
    const sent = collect(from(['a', 'b', 'c', 'd']).pipe(push.sink({ maxBuffered: 2 })));
    expect(await sent.error).toMatchObject({ code: 'ERR_OVERFLOW', limit: 2 });
  });

  it('takes a demand by hand, and passes on that of who follows', async () => {
    const statuses = new Statuses();
    const [left, right] = [open('pair', { driver }), open('pair', { driver, status: statuses })];
    left.connect(await bound(right));
    const gate = new Subject<void>();
    const done = collect(right.messages.pipe(pacedMap(() => gate, { concurrency: 1 })));
    for (const word of ['a', 'b', 'c']) await left.send(word);
    await statuses.first('stalled');
    gate.complete();
    await statuses.first('resumed');
    done.unsubscribe();
  });
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
