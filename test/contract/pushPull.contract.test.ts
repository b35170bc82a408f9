import { describe, expect, it } from 'vitest';
import { overDrivers, overLinks } from './columns.js';
import { RawPeer } from './RawPeer.js';

describe('PUSH and PULL', () => {
  overLinks({ types: ['push', 'pull'] }, (link) => {
    it('carry whole messages in order', async () => {
      const push = link.left('push');
      const pull = link.right('pull');
      await link.join(push, pull);
      await push.send('one');
      await push.send('a', '', 'c');
      await push.send('');
      await push.send('', '', '');
      expect(await pull.receiveAll(4)).toEqual(['one', 'a||c', '', '||']);
    });

    it('lose and reorder nothing in a long stream', async () => {
      const push = link.left('push', { sendHighWaterMark: 100 });
      const pull = link.right('pull', { receiveHighWaterMark: 100 });
      await link.join(push, pull);
      const sent = Array.from({ length: 1500 }, (_, n) => `${n}|${'x'.repeat(n % 300)}`);
      const sending = (async () => {
        for (const message of sent) await push.send(...message.split('|'));
      })();
      expect(await pull.receiveAll(sent.length)).toEqual(sent);
      await sending;
    });

    it('deal messages to the pullers in turn', async () => {
      const push = link.left('push');
      const pulls = [link.right('pull'), link.right('pull'), link.right('pull')];
      for (const pull of pulls) await link.join(push, pull);
      for (let n = 0; n < 9; n += 1) await push.send(String(n));
      const dealt = await Promise.all(pulls.map((pull) => pull.receiveAll(3)));
      expect(dealt.sort()).toEqual([
        ['0', '3', '6'],
        ['1', '4', '7'],
        ['2', '5', '8'],
      ]);
    });

    it('take from each pusher in turn', async () => {
      const pushes = [link.left('push'), link.left('push'), link.left('push')];
      const pull = link.right('pull');
      for (const push of pushes) await link.join(push, pull);
      for (const [i, push] of pushes.entries()) {
        for (let n = 0; n < 3; n += 1) await push.send(`${i}-${n}`);
      }
      await link.arrived(pull, pushes);
      const rounds = [await pull.receiveAll(3), await pull.receiveAll(3), await pull.receiveAll(3)];
      expect(rounds.map((round) => round.sort())).toEqual([
        ['0-0', '1-0', '2-0'],
        ['0-1', '1-1', '2-1'],
        ['0-2', '1-2', '2-2'],
      ]);
    });
  });

  overLinks({ types: ['push', 'pull'], binds: 'left' }, (link) => {
    it('a puller that is gone gets nothing more, the others all', async () => {
      const push = link.left('push');
      const [gone, stays] = [link.right('pull'), link.right('pull')];
      await link.join(push, gone);
      await link.join(push, stays);
      await gone.close();
      await push.peers(1);
      for (let n = 0; n < 6; n += 1) await push.send(String(n));
      expect(await stays.receiveAll(6)).toEqual(['0', '1', '2', '3', '4', '5']);
    });

    it('a pusher without pullers takes nothing, and again when the last is gone', async () => {
      const push = link.left('push');
      const pull = link.right('pull');
      await link.bind(push);
      expect(await push.trySend(['nobody'])).toBe(false);
      await link.join(push, pull);
      await push.send('somebody');
      expect(await pull.receive()).toEqual(['somebody']);
      await pull.close();
      await push.peers(0);
      expect(await push.trySend(['nobody'])).toBe(false);
    });

    it('what waits for a puller to come goes to the first one', async () => {
      const push = link.left('push');
      const pull = link.right('pull');
      await link.bind(push);
      const sent = push.send('here you are');
      await link.join(push, pull);
      await sent;
      expect(await pull.receive()).toEqual(['here you are']);
    });
  });

  overDrivers(['pull'], (bench) => {
    it('a message whose sender dies in the midst of it is dropped whole', async () => {
      const pull = bench.open('pull');
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const dying = await RawPeer.connect(endpoint, 'PUSH');
      dying.message('whole', 'one');
      dying.frame(0x01, 'half');
      dying.frame(0x01, 'of another');
      dying.end();
      await pull.log.first('disconnected');
      const next = await RawPeer.connect(endpoint, 'PUSH');
      next.message('next');
      expect(await pull.receiveAll(2)).toEqual(['whole|one', 'next']);
    });
  });
});
