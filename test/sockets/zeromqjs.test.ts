import { interval, takeUntil } from 'rxjs';
import { describe, expect, it } from 'vitest';
import * as zeromq from 'zeromq';
import * as draft from 'zeromq/draft';
import type { SocketType } from '../../src/sockets/SocketTypes.js';
import { boundPeer, connectedPeer } from '../helpers/peers.js';
import { bound, drivers, next, open, textOf, texts } from './open.js';

const sides = drivers.flatMap((driver) => [true, false].map((binds) => ({ driver, binds })));

/** Handles, and zeromq.js sockets by hand at the other end. */
describe.each(sides)('a handle on $driver that binds: $binds, with zeromq.js', ({ driver, binds }) => {
  async function joined<S extends zeromq.Socket & { linger: number }>(type: SocketType, other: S) {
    const handle = open(type, { driver }) as any;
    if (binds) connectedPeer(other, await bound(handle));
    else handle.connect((await boundPeer(other)).endpoint);
    return { handle, other };
  }

  const strings = (parts: readonly Uint8Array[]) => parts.map((part) => Buffer.from(part).toString());

  it('pair', async () => {
    const { handle, other } = await joined('pair', new zeromq.Pair());
    await handle.send(['a', '', 'b']);
    expect(strings(await other.receive())).toEqual(['a', '', 'b']);
    await other.send(['c', 'd']);
    expect(texts(await next(handle))).toEqual(['c', 'd']);
  });

  it('push and pull', async () => {
    const { handle: push, other: pull } = await joined('push', new zeromq.Pull());
    await push.send(['a', new Uint8Array(1_000_000)]);
    expect((await pull.receive()).map((part) => part.length)).toEqual([1, 1_000_000]);
    const { handle, other } = await joined('pull', new zeromq.Push());
    await other.send(['b', Buffer.alloc(1_000_000)]);
    expect((await next<Uint8Array[]>(handle)).map((part) => part.length)).toEqual([1, 1_000_000]);
  });

  it('pub and sub', async () => {
    const { handle: pub, other: subscriber } = await joined('pub', new zeromq.Subscriber());
    subscriber.subscribe('news');
    const received = subscriber.receive();
    interval(1)
      .pipe(takeUntil(received))
      .subscribe(() => {
        void pub.send(['other', 'x']);
        void pub.send(['news', 'y']);
      });
    expect(strings(await received)).toEqual(['news', 'y']);
    const { handle: sub, other: xpub } = await joined('sub', new zeromq.XPublisher());
    sub.subscribe('news');
    expect(strings(await xpub.receive())).toEqual(['\x01news']);
    await xpub.send(['other', 'x']);
    await xpub.send(['news', 'y']);
    expect(texts(await next(sub))).toEqual(['news', 'y']);
    sub.unsubscribe('news');
    expect(strings(await xpub.receive())).toEqual(['\x00news']);
  });

  it('xpub and xsub', async () => {
    const { handle: xpub, other: sub } = await joined('xpub', new zeromq.XSubscriber());
    const received = sub.receive(); // libzmq hears of a new peer when it is asked for something
    await sub.send('\x01news');
    expect(texts(await next(xpub))).toEqual(['\x01news']);
    await xpub.send(['news', 'y']);
    expect(strings(await received)).toEqual(['news', 'y']);
    const { handle: xsub, other: pub } = await joined('xsub', new zeromq.XPublisher());
    xsub.subscribe('news');
    expect(strings(await pub.receive())).toEqual(['\x01news']);
    await pub.send(['news', 'y']);
    expect(texts(await next(xsub))).toEqual(['news', 'y']);
  });

  it('req and rep', async () => {
    const { handle: req, other: rep } = await joined('req', new zeromq.Reply());
    const { handle, other } = await joined('rep', new zeromq.Request());
    for (const word of ['a', 'b']) {
      await req.send([word, '?']);
      expect(strings(await rep.receive())).toEqual([word, '?']);
      await rep.send([word, '!']);
      expect(texts(await next(req))).toEqual([word, '!']);
      await other.send([word, '?']);
      expect(texts(await next(handle))).toEqual([word, '?']);
      await handle.send([word, '!']);
      expect(strings(await other.receive())).toEqual([word, '!']);
    }
  });

  it('dealer and router', async () => {
    const { handle: dealer, other: router } = await joined('dealer', new zeromq.Router());
    await dealer.send(['a', 'b']);
    const [id, ...parts] = await router.receive();
    expect(strings(parts)).toEqual(['a', 'b']);
    await router.send([id!, 'c']);
    expect(texts(await next(dealer))).toEqual(['c']);
    const { handle, other } = await joined('router', new zeromq.Dealer({ routingId: 'me' }));
    await other.send(['a', 'b']);
    expect(texts(await next(handle))).toEqual(['me', 'a', 'b']);
    await handle.send(['me', 'c', '']);
    expect(strings(await other.receive())).toEqual(['c', '']);
  });

  it('stream', async () => {
    const { handle, other } = await joined('stream', new zeromq.Stream());
    const [mine, empty] = await next<[Uint8Array, Uint8Array]>(handle);
    const [theirs, nothing] = await other.receive();
    expect([empty.length, nothing.length]).toEqual([0, 0]);
    await handle.send([mine, 'over']);
    expect(strings(await other.receive())[1]).toBe('over');
    await other.send([theirs, 'back']);
    expect(texts(await next(handle))[1]).toBe('back');
  });

  describe.runIf(zeromq.capability.draft === true)('drafts', () => {
    it('client and server', async () => {
      const { handle: client, other: server } = await joined('client', new draft.Server());
      await client.send('hello');
      const [body, { routingId }] = await server.receive();
      expect(body.toString()).toBe('hello');
      await server.send('back', { routingId: routingId });
      expect(textOf(await next(client))).toBe('back');
      const { handle, other } = await joined('server', new draft.Client());
      await other.send('hello');
      const message = await next<{ routingId: number; data: Uint8Array }>(handle);
      expect(textOf(message.data)).toBe('hello');
      await handle.send({ routingId: message.routingId, data: 'back' });
      expect((await other.receive())[0].toString()).toBe('back');
    });

    it('radio and dish', async () => {
      const { handle: radio, other: listener } = await joined('radio', new draft.Dish());
      listener.join('music');
      const heard = listener.receive();
      interval(1)
        .pipe(takeUntil(heard))
        .subscribe(() => {
          void radio.send({ group: 'news', data: 'x' });
          void radio.send({ group: 'music', data: 'la' });
        });
      const [body, { group }] = await heard;
      expect([body.toString(), group.toString()]).toEqual(['la', 'music']);
      const { handle: dish, other: sender } = await joined('dish', new draft.Radio());
      dish.join('music');
      const received = next<{ group: string; data: Uint8Array }>(dish);
      interval(1)
        .pipe(takeUntil(received))
        .subscribe(() => void sender.send('la', { group: 'music' }));
      expect(await received).toEqual({ group: 'music', data: new TextEncoder().encode('la') });
    });

    it('scatter and gather', async () => {
      const { handle: scatter, other: gather } = await joined('scatter', new draft.Gather());
      await scatter.send('piece');
      expect((await gather.receive())[0].toString()).toBe('piece');
      const { handle, other } = await joined('gather', new draft.Scatter());
      await other.send('piece');
      expect(textOf(await next(handle))).toBe('piece');
    });
  });
});
