import { describe, expect, it } from 'vitest';
import { overLinks } from './columns.js';

describe('PAIR', () => {
  overLinks({ types: ['pair'] }, (link) => {
    it('carries whole messages both ways at once', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.join(left, right);
      const texts = Array.from({ length: 200 }, (_, n) => `${n}||${'x'.repeat(n)}`);
      for (const text of texts) {
        await left.send(...text.split('|'));
        await right.send(...text.split('|'));
      }
      expect(await left.receiveAll(200)).toEqual(texts);
      expect(await right.receiveAll(200)).toEqual(texts);
    });
  });

  overLinks({ types: ['pair'], binds: 'left' }, (link) => {
    it('takes nothing while nobody is there, and again when the peer is gone', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.bind(left);
      expect(await left.trySend(['nobody'])).toBe(false);
      await link.join(left, right);
      await left.send('somebody');
      expect(await right.receive()).toEqual(['somebody']);
      await right.close();
      await left.peers(0);
      expect(await left.trySend(['nobody'])).toBe(false);
    });

    it('has a new peer when the last one is gone', async () => {
      const left = link.left('pair');
      for (let n = 0; n < 3; n += 1) {
        const right = link.right('pair');
        await link.join(left, right);
        await left.send(`to ${n}`);
        await right.send(`from ${n}`);
        expect([await right.receive(), await left.receive()]).toEqual([[`to ${n}`], [`from ${n}`]]);
        await right.close();
        await left.peers(0);
      }
    });
  });

  overLinks({ types: ['pair'], binds: 'left', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('has one peer: a second one gets no word in', async () => {
      const left = link.left('pair');
      const [first, second] = [link.right('pair'), link.right('pair', { reconnectInterval: 10 })];
      await link.join(left, first);
      const endpoint = await link.bind(left);
      second.connect(endpoint);
      // libzmq lets its connection stand, unheard; the engine ends it, so that it is known on the other side
      if (left.driver === 'native') await second.log.first('connected');
      else await second.log.until(() => second.events.some(isRefusal), 'a refusal');
      await second.send('unheard');
      await first.send('heard');
      await left.send('to the first');
      expect(await left.receive()).toEqual(['heard']);
      expect(await first.receive()).toEqual(['to the first']);
      expect(await left.tryReceive()).toBeUndefined();
      expect(await second.tryReceive()).toBeUndefined();
    });
  });

  overLinks({ types: ['pair'], binds: 'right', transports: ['inproc'] }, (link) => {
    it('connects before the other has bound, and what was sent by then arrives', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      left.connect('inproc://pair that comes late');
      await left.send('', 'early');
      await right.bind('inproc://pair that comes late');
      expect(await right.receive()).toEqual(['', 'early']);
      await right.send('late');
      expect(await left.receive()).toEqual(['late']);
    });
  });
});

function isRefusal({ kind }: { readonly kind: string }): boolean {
  return kind === 'disconnected' || kind === 'handshakeFailed';
}
