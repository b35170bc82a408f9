import { describe, expect, it } from 'vitest';
import { overDrivers, overLinks } from './columns.js';
import { RawListener, RawPeer } from './RawPeer.js';
import { vacantEndpoint } from './Link.js';

describe('close', () => {
  overLinks({ types: ['push', 'pull'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('delivers what was taken first, be it much or large', async () => {
      const [push, pull] = [link.left('push', { sendHighWaterMark: 0 }), link.right('pull')];
      await link.join(push, pull);
      const body = 'x'.repeat(10_000);
      for (let n = 0; n < 500; n += 1) await push.send(String(n), body);
      await push.send('large', new Uint8Array(8_000_000));
      const closed = push.close(Infinity);
      for (let n = 0; n < 500; n += 1) expect((await pull.receive())[0]).toBe(String(n));
      expect((await pull.receiveBytes()).map(({ length }) => length)).toEqual([5, 8_000_000]);
      await closed;
      await pull.peers(0);
    });

    it('again is the same', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      await link.join(push, pull);
      await Promise.all([push.close(), push.close(Infinity)]);
      await push.close();
      await pull.peers(0);
    });
  });

  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('waits for a peer to come, for what was taken for it', async () => {
      const [push, pull] = [link.left('push', { reconnectInterval: 10 }), link.right('pull')];
      const endpoint = await link.vacant();
      push.connect(endpoint);
      await push.send('first');
      await push.send('second', '');
      const closed = push.close(Infinity);
      await pull.bind(endpoint);
      expect(await pull.receiveAll(2)).toEqual(['first', 'second|']);
      await closed;
    });

    it('with a linger of 0 drops it', async () => {
      const [push, other] = [link.left('push', { reconnectInterval: 10 }), link.left('push')];
      const pull = link.right('pull');
      const endpoint = await link.vacant();
      push.connect(endpoint);
      await push.send('dropped');
      await push.close(0);
      await pull.bind(endpoint);
      other.connect(endpoint);
      await other.send('delivered');
      expect(await pull.receive()).toEqual(['delivered']);
    });

    it('waits no longer than its linger', async () => {
      const push = link.left('push');
      push.connect(await link.vacant());
      await push.send('for nobody');
      const begun = performance.now();
      await push.close(60);
      expect(performance.now() - begun).toBeGreaterThan(50);
    });
  });

  overLinks({ types: ['pub', 'sub'], transports: ['tcp', 'ipc', 'web'], binds: 'left' }, (link) => {
    it('delivers what was published', async () => {
      const [pub, sub] = [link.left('pub', { sendHighWaterMark: 0 }), link.right('sub', { receiveHighWaterMark: 0 })];
      sub.subscribe('');
      await link.join(pub, sub);
      while ((await sub.receiveWithin(1)) === undefined) await pub.send('probe');
      for (let n = 0; n < 200; n += 1) await pub.send(String(n), 'x'.repeat(1000));
      await pub.close(Infinity);
      const numbers = [];
      while (numbers.length < 200) {
        const [first = ''] = await sub.receive();
        if (first !== 'probe') numbers.push(first);
      }
      expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => String(n)));
    });
  });
});

describe('unbind and disconnect', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('unbind ends the connections that came there, and the address is free', async () => {
      const [push, pull, next] = [link.left('push', { reconnectInterval: 10 }), link.right('pull'), link.right('pull')];
      await link.join(push, pull);
      const endpoint = await link.bind(pull);
      await push.send('before');
      expect(await pull.receive()).toEqual(['before']);
      await pull.unbind(endpoint);
      await push.log.first('disconnected');
      await next.bind(endpoint);
      await push.send('after');
      expect(await next.receive()).toEqual(['after']);
      expect(await pull.tryReceive()).toBeUndefined();
    });

    it('unbind of one address leaves the others', async () => {
      const pull = link.right('pull');
      const [first, second] = [link.left('push', { reconnectInterval: false }), link.left('push')];
      await link.join(first, pull);
      const other = await pull.bind('tcp://127.0.0.1:*');
      second.connect(other);
      await second.send('here');
      expect(await pull.receive()).toEqual(['here']);
      await pull.unbind(await link.bind(pull));
      await first.log.first('disconnected');
      await second.send('still here');
      expect(await pull.receive()).toEqual(['still here']);
      await pull.unbind(other);
      await second.log.first('disconnected');
      expect(second.log.of('disconnected')).toHaveLength(1);
    });

    it('disconnect delivers what was taken for that peer, and leaves it', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      await link.join(push, pull);
      for (let n = 0; n < 200; n += 1) await push.send(String(n), 'x'.repeat(1000));
      push.disconnect(await link.bind(pull));
      expect(await push.trySend(['nobody'])).toBe(false);
      for (let n = 0; n < 200; n += 1) expect((await pull.receive())[0]).toBe(String(n));
      await pull.peers(0);
    });

    it('disconnect of one peer leaves the others, and it can be connected to again', async () => {
      const push = link.left('push');
      const [left, stays] = [link.right('pull'), link.right('pull')];
      await link.join(push, left);
      await link.join(push, stays);
      push.disconnect(await link.bind(left));
      await left.peers(0);
      for (let n = 0; n < 4; n += 1) await push.send(String(n));
      expect(await stays.receiveAll(4)).toEqual(['0', '1', '2', '3']);
      push.connect(await link.bind(left));
      await left.peers(1);
      for (let n = 0; n < 4; n += 1) await push.send(String(n));
      expect([...(await stays.receiveAll(2)), ...(await left.receiveAll(2))].sort()).toEqual(['0', '1', '2', '3']);
    });

    it('disconnect delivers to a peer that comes later', async () => {
      const [push, pull] = [link.left('push', { reconnectInterval: 10 }), link.right('pull')];
      const endpoint = await link.vacant();
      push.connect(endpoint);
      await push.send('for whoever comes');
      push.disconnect(endpoint);
      expect(await push.trySend(['nobody'])).toBe(false);
      await pull.bind(endpoint);
      expect(await pull.receive()).toEqual(['for whoever comes']);
    });
  });

  overDrivers(['push'], (bench) => {
    it('what was not bound or connected cannot be unbound or disconnected', async () => {
      const push = bench.open('push');
      const endpoint = await push.bind('tcp://127.0.0.1:*');
      const connected = await vacantEndpoint('tcp');
      push.connect(connected);
      await expect(push.unbind('tcp://127.0.0.1:1')).rejects.toThrow();
      await expect(push.unbind('tcp://127.0.0.1:*')).rejects.toThrow();
      expect(() => push.disconnect('tcp://127.0.0.1:1')).toThrow();
      push.disconnect(connected);
      await push.unbind(endpoint);
      await expect(push.unbind(endpoint)).rejects.toThrow();
    });
  });
});

describe('coming and going', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('a hundred senders, each with one message', async () => {
      const pull = link.right('pull');
      const endpoint = await link.bind(pull);
      const expected = [];
      for (let batch = 0; batch < 10; batch += 1) {
        const pushes = Array.from({ length: 10 }, () => link.left('push'));
        for (const [i, push] of pushes.entries()) {
          push.connect(endpoint);
          expected.push(`${batch}-${i}`);
          await push.send(`${batch}-${i}`);
        }
        await Promise.all(pushes.map((push) => push.close(Infinity)));
      }
      expect((await pull.receiveAll(100)).sort()).toEqual(expected.sort());
      await pull.peers(0);
    });

    it('one address, bound again and again', async () => {
      const push = link.left('push', { reconnectInterval: 10 });
      const endpoint = await link.vacant();
      push.connect(endpoint);
      for (let round = 0; round < 5; round += 1) {
        const pull = link.right('pull');
        await pull.bind(endpoint);
        await push.send(String(round));
        expect(await pull.receive()).toEqual([String(round)]);
        await pull.close();
        await push.log.nth('disconnected', round + 1);
      }
    });
  });

  overDrivers(['push', 'pull'], (bench) => {
    it('tells of itself in order', async () => {
      const [push, pull] = [bench.open('push', { reconnectInterval: 10 }), bench.open('pull')];
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      push.connect(endpoint);
      await push.peers(1);
      await pull.peers(1);
      await pull.close();
      await push.log.first('retrying');
      const kinds = push.events.map(({ kind }) => kind);
      expect(kinds.slice(0, 4)).toEqual(['connecting', 'connected', 'disconnected', 'retrying']);
      expect(pull.events.slice(0, 2)).toEqual([
        { ...pull.events[0], kind: 'listening', endpoint },
        { ...pull.events[1], kind: 'connected', endpoint },
      ]);
    });

    it('connections that say nothing, go at once, or are reset, leave the others alone', async () => {
      const pull = bench.open('pull');
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const good = await RawPeer.connect(endpoint, 'PUSH');
      for (let n = 0; n < 20; n += 1) {
        const peer = await RawPeer.dial(endpoint);
        if (n % 4 === 0) peer.end();
        else if (n % 4 === 1) peer.reset();
        else if (n % 4 === 2) peer.write('\xff\0\0');
        good.message(String(n));
        expect(await pull.receive()).toEqual([String(n)]);
      }
    });

    it('a linger of 0 ends at once, whatever is left', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', { sendHighWaterMark: 0 });
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('PULL');
      await push.peers(1);
      peer.pause();
      for (let n = 0; n < 40; n += 1) await push.send(new Uint8Array(1_000_000));
      await push.close(0);
      peer.resume();
      await peer.gone();
      expect(peer.buffered).toBeLessThan(40_000_000);
    });

    it('a sender has its message delivered though its peer takes it late', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push');
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('PULL');
      peer.pause();
      await push.send(new Uint8Array(20_000_000));
      const closed = push.close(Infinity);
      peer.resume();
      expect(await peer.nextPart()).toHaveLength(20_000_000);
      await peer.gone();
      await closed;
    });
  });
});
