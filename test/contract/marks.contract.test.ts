import { describe, expect, it } from 'vitest';
import { overDrivers, overLinks } from './columns.js';
import { RawPeer } from './RawPeer.js';
import { subscribed } from './subscribed.js';

describe('marks on inproc', () => {
  overLinks({ types: ['push', 'pull'], transports: ['inproc'] }, (link) => {
    it('there is room for both marks together, in messages and not in parts', async () => {
      const push = link.left('push', { sendHighWaterMark: 7 });
      const pull = link.right('pull', { receiveHighWaterMark: 5 });
      await link.join(push, pull);
      expect(await push.fill((n) => [String(n), 'second', ''])).toBe(12);
      expect(await pull.drain()).toEqual(Array.from({ length: 12 }, (_, n) => `${n}|second|`));
    });

    it('the default is a thousand on each side', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      await link.join(push, pull);
      expect(await push.fill((n) => [String(n)])).toBe(2000);
    });

    it('no mark on one side is none at all', async () => {
      for (const [sendHighWaterMark, receiveHighWaterMark] of [
        [0, 5],
        [5, 0],
        [0, 0],
      ] as const) {
        const push = link.left('push', { sendHighWaterMark });
        const pull = link.right('pull', { receiveHighWaterMark });
        await link.join(push, pull);
        expect(await push.fill((n) => [String(n)], 3000)).toBe(3000);
      }
    });

    it('room comes back when half has been taken out', async () => {
      const push = link.left('push', { sendHighWaterMark: 3 });
      const pull = link.right('pull', { receiveHighWaterMark: 4 });
      await link.join(push, pull);
      expect(await push.fill((n) => [String(n)])).toBe(7);
      const room = [];
      for (let n = 0; n < 4; n += 1) {
        room.push(await push.trySend(['x']));
        await pull.receive();
      }
      expect(room).toEqual([false, false, false, false]);
      expect(await push.fill((n) => [String(n)])).toBe(4);
    });

    it('a puller that is full is passed over until it has room', async () => {
      const push = link.left('push', { sendHighWaterMark: 1 });
      const [stalled, reads] = [
        link.right('pull', { receiveHighWaterMark: 1 }),
        link.right('pull', { receiveHighWaterMark: 1 }),
      ];
      await link.join(push, stalled);
      await link.join(push, reads);
      expect(await push.fill((n) => [String(n)])).toBe(4);
      expect(await reads.drain()).toHaveLength(2);
      for (let n = 0; n < 5; n += 1) {
        await push.send(`on ${n}`);
        expect(await reads.receive()).toEqual([`on ${n}`]);
      }
      expect(await stalled.drain()).toHaveLength(2);
    });
  });

  overLinks({ types: ['push', 'pull'], transports: ['inproc'], binds: 'right' }, (link) => {
    it('before the other side is bound there is room for the own mark, then for both', async () => {
      const push = link.left('push', { sendHighWaterMark: 3 });
      const pull = link.right('pull', { receiveHighWaterMark: 4 });
      const endpoint = await link.vacant();
      push.connect(endpoint);
      expect(await push.fill((n) => [`early ${n}`])).toBe(3);
      await pull.bind(endpoint);
      await push.peers(1);
      expect(await push.fill((n) => [`late ${n}`])).toBe(4);
      expect(await pull.receiveAll(7)).toEqual([
        ...[0, 1, 2].map((n) => `early ${n}`),
        ...[0, 1, 2, 3].map((n) => `late ${n}`),
      ]);
    });
  });

  overLinks({ types: ['xpub', 'sub'], transports: ['inproc'] }, (link) => {
    it('XPUB drops what a full subscriber has no room for, for that one alone', async () => {
      const xpub = link.left('xpub', { sendHighWaterMark: 4, verbose: true });
      const [full, roomy] = [
        link.right('sub', { receiveHighWaterMark: 3 }),
        link.right('sub', { receiveHighWaterMark: 100 }),
      ];
      for (const sub of [full, roomy]) {
        await link.join(xpub, sub);
        sub.subscribe('');
        expect(await xpub.receive()).toEqual(['\x01']);
      }
      expect(await xpub.fill((n) => [String(n)], 20)).toBe(20);
      expect(await full.drain()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      expect(await roomy.drain()).toHaveLength(20);
      await xpub.send('again');
      expect(await full.receive()).toEqual(['again']);
    });

    it('XPUB with noDrop has no room while one has none, and loses nothing', async () => {
      const xpub = link.left('xpub', { sendHighWaterMark: 4, noDrop: true, verbose: true });
      const [full, roomy] = [
        link.right('sub', { receiveHighWaterMark: 3 }),
        link.right('sub', { receiveHighWaterMark: 100 }),
      ];
      for (const sub of [full, roomy]) {
        await link.join(xpub, sub);
        sub.subscribe('');
        expect(await xpub.receive()).toEqual(['\x01']);
      }
      expect(await xpub.fill((n) => [String(n)])).toBe(7);
      const sent = ['0', '1', '2', '3', '4', '5', '6'];
      expect([await full.drain(), await roomy.drain()]).toEqual([sent, sent]);
      await xpub.send('7');
      expect([await full.receive(), await roomy.receive()]).toEqual([['7'], ['7']]);
    });
  });

  overLinks({ types: ['dealer', 'router'], transports: ['inproc'] }, (link) => {
    it('mandatory: ROUTER waits for a peer that is full, and says no to one that is not there', async () => {
      const router = link.left('router', { mandatory: true, sendHighWaterMark: 2 });
      const dealer = link.right('dealer', { routingId: 'X', receiveHighWaterMark: 3 });
      await link.join(router, dealer);
      expect(await router.fill((n) => ['X', String(n)])).toBe(5);
      await expect(router.trySend(['Y', 'x'])).rejects.toThrow();
      expect(await dealer.drain()).toEqual(['0', '1', '2', '3', '4']);
      await router.send('X', '5');
      expect(await dealer.receive()).toEqual(['5']);
    });

    it('DEALER has no room without a peer, and room for both marks with one', async () => {
      const dealer = link.right('dealer', { sendHighWaterMark: 2 });
      const other = link.left('dealer', { receiveHighWaterMark: 3 }); // libzmq's ROUTER may hold one in its hand
      if (link.leftBinds) expect(await dealer.trySend(['nobody'])).toBe(false);
      await link.join(other, dealer);
      expect(await dealer.fill((n) => [String(n)])).toBe(5);
      expect(await other.drain()).toEqual(['0', '1', '2', '3', '4']);
    });

    it('else ROUTER drops what is for a peer that is full, and serves the others', async () => {
      const router = link.left('router', { sendHighWaterMark: 2 });
      const [full, other] = [
        link.right('dealer', { routingId: 'full', receiveHighWaterMark: 2 }),
        link.right('dealer', { routingId: 'other', receiveHighWaterMark: 2 }),
      ];
      await link.join(router, full);
      await link.join(router, other);
      expect(await router.fill((n) => ['full', String(n)], 10)).toBe(10);
      await router.send('other', 'served');
      expect(await other.receive()).toEqual(['served']);
      expect(await full.drain()).toEqual(['0', '1', '2', '3']);
    });
  });
});

describe('marks on any transport', () => {
  overLinks({ types: ['push', 'pull'] }, (link) => {
    it('a puller that does not read holds its pusher back, and then gets all', async () => {
      const push = link.left('push', { sendHighWaterMark: 10 });
      const pull = link.right('pull', { receiveHighWaterMark: 10 });
      await link.join(push, pull);
      const body = new Uint8Array(64 * 1024).fill(7);
      const taken = await push.fill((n) => [String(n), body], 1000);
      expect(taken).toBeLessThan(1000);
      const arrived = [];
      for (let n = 0; n < taken; n += 1) {
        const [number, bytes] = await pull.receive();
        arrived.push(number);
        expect(bytes).toHaveLength(body.length);
      }
      expect(arrived).toEqual(Array.from({ length: taken }, (_, n) => String(n)));
      await push.send('room again');
      expect(await pull.receive()).toEqual(['room again']);
    });
  });

  overLinks({ types: ['pub', 'sub'] }, (link) => {
    it('what fits the marks passes, and passes again once it is read', async () => {
      const pub = link.left('pub', { sendHighWaterMark: 1103 });
      const sub = link.right('sub', { receiveHighWaterMark: 1103 });
      await link.join(pub, sub);
      sub.subscribe('');
      await subscribed(pub, sub);
      for (const count of [999, 110, 999]) {
        expect(await pub.fill((n) => [`${count}-${n}`], count)).toBe(count);
        expect(await sub.receiveAll(count)).toEqual(Array.from({ length: count }, (_, n) => `${count}-${n}`));
      }
    });

    it('subscriptions that come and go use up no room', async () => {
      const pub = link.left('pub', { sendHighWaterMark: 5, receiveHighWaterMark: 5 });
      const sub = link.right('sub', { sendHighWaterMark: 5, receiveHighWaterMark: 5 });
      await link.join(pub, sub);
      sub.subscribe('A');
      for (let round = 0; round < 15; round += 1) {
        sub.subscribe(`B${round}`);
        sub.unsubscribe(`B${round}`);
        await subscribed(pub, sub);
        await pub.send('A', String(round));
        expect(await sub.receive()).toEqual(['A', String(round)]);
      }
    });
  });

  overLinks({ types: ['pub', 'sub'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('a subscriber that does not read takes nothing from the others', async () => {
      const pub = link.left('pub', { sendHighWaterMark: 3 });
      const [stalled, reads] = [link.right('sub', { receiveHighWaterMark: 3 }), link.right('sub')];
      for (const sub of [stalled, reads]) {
        await link.join(pub, sub);
        sub.subscribe('data');
        await subscribed(pub, sub);
      }
      const body = 'x'.repeat(256 * 1024);
      for (let n = 0; n < 60; n += 1) {
        await pub.send('data', String(n), body);
        expect((await reads.receive()).slice(0, 2)).toEqual(['data', String(n)]);
      }
      // what the stalled one has is whole, in order and without the ones that found no room
      const numbers = (await stalled.drain()).map((text) => Number(text.split('|')[1]));
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    });
  });

  overLinks({ types: ['dealer', 'router'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('mandatory: a peer that does not read holds ROUTER back, but for that peer alone', async () => {
      const router = link.left('router', { mandatory: true, sendHighWaterMark: 3 });
      const [stalled, reads] = [
        link.right('dealer', { routingId: 'stalled', receiveHighWaterMark: 3 }),
        link.right('dealer', { routingId: 'reads' }),
      ];
      await link.join(router, stalled);
      await link.join(router, reads);
      const body = new Uint8Array(256 * 1024);
      const taken = await router.fill((n) => ['stalled', String(n), body], 200);
      expect(taken).toBeLessThan(200);
      await router.send('reads', 'served');
      expect(await reads.receive()).toEqual(['served']);
      for (let n = 0; n < taken; n += 1) expect((await stalled.receive())[0]).toBe(String(n));
      await router.send('stalled', 'room again');
      expect(await stalled.receive()).toEqual(['room again']);
    });
  });
});

describe('conflate', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('PUSH keeps the newest message for a peer that is not there yet', async () => {
      const push = link.left('push', { conflate: true });
      const pull = link.right('pull');
      const endpoint = await link.vacant();
      push.connect(endpoint);
      for (let n = 0; n < 10; n += 1) await push.send(String(n));
      await pull.bind(endpoint);
      expect(await pull.receive()).toEqual(['9']);
      await push.send('10');
      expect(await pull.receive()).toEqual(['10']);
    });
  });

  overDrivers(['pull', 'sub', 'dealer'], (bench) => {
    it.each([
      ['pull', 'PUSH'],
      ['sub', 'PUB'],
      ['dealer', 'DEALER'],
    ] as const)('%s keeps the newest message', async (type, peerType) => {
      const socket = bench.open(type, { conflate: true });
      if (type === 'sub') socket.subscribe('');
      const peer = await RawPeer.connect(await socket.bind('tcp://127.0.0.1:*'), peerType);
      await socket.peers(1);
      for (let n = 0; n < 10; n += 1) peer.message(String(n));
      await allIsRead(peer);
      const kept = await socket.drain();
      expect(kept.at(-1)).toBe('9');
      // libzmq's SUB takes one into its hand when it is asked whether there is any
      expect(kept.length).toBeLessThanOrEqual(bench.driver === 'native' && type === 'sub' ? 2 : 1);
      peer.message('10');
      expect(await socket.receive()).toEqual(['10']);
    });

    it('a message with several parts is one message', async () => {
      const pull = bench.open('pull', { conflate: true });
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH');
      for (let n = 0; n < 5; n += 1) peer.message(String(n), 'second');
      await allIsRead(peer);
      // libzmq keeps the newest part, whatever it belongs to
      expect(await pull.drain()).toEqual([bench.driver === 'native' ? 'second' : '4|second']);
    });
  });
});

/** The other side answers in the order in which it reads. */
async function allIsRead(peer: RawPeer): Promise<void> {
  peer.command('PING', '\0\0');
  while ((await peer.nextFrame()).body !== '\x04PONG');
}
