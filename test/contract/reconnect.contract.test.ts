import { describe, expect, it } from 'vitest';
import { overDrivers, overLinks } from './columns.js';
import { RawListener, RawPeer } from './RawPeer.js';
import { subscribed } from './subscribed.js';

const SOON = { reconnectInterval: 10 } as const;

describe('a peer that is not there yet', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right' }, (link) => {
    it('is waited for: what was sent up to the mark is kept for it', async () => {
      const push = link.left('push', { ...SOON, sendHighWaterMark: 5 });
      const pull = link.right('pull');
      const endpoint = await link.vacant();
      push.connect(endpoint);
      expect(await push.fill((n) => [String(n)])).toBe(5);
      await pull.bind(endpoint);
      expect(await pull.receiveAll(5)).toEqual(['0', '1', '2', '3', '4']);
      await push.send('on');
      expect(await pull.receive()).toEqual(['on']);
    });

    it('takes its share all the same', async () => {
      const push = link.left('push', SOON);
      const [there, late] = [link.right('pull'), link.right('pull')];
      await link.join(push, there);
      const endpoint = await link.vacant();
      push.connect(endpoint);
      for (let n = 0; n < 6; n += 1) await push.send(String(n));
      expect(await there.receiveAll(3)).toEqual(['0', '2', '4']);
      await late.bind(endpoint);
      expect(await late.receiveAll(3)).toEqual(['1', '3', '5']);
    });
  });

  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('immediate: gets no share', async () => {
      const push = link.left('push', { ...SOON, immediate: true });
      const pull = link.right('pull');
      push.connect(await link.vacant());
      expect(await push.trySend(['nobody'])).toBe(false);
      await link.join(push, pull);
      for (let n = 0; n < 6; n += 1) await push.send(String(n));
      expect(await pull.receiveAll(6)).toEqual(['0', '1', '2', '3', '4', '5']);
      await pull.close();
      await push.peers(0);
      expect(await push.trySend(['nobody'])).toBe(false);
    });
  });

  overDrivers(['push'], (bench) => {
    it('is tried again, less and less often', async () => {
      const vacant = await RawListener.open();
      await vacant.close();
      const push = bench.open('push', { reconnectInterval: 8, reconnectMaxInterval: 32 });
      push.connect(vacant.endpoint);
      await push.log.nth('retrying', 4);
      const delays = push.log.of('retrying').slice(0, 4);
      const steps = [8, 16, 32, 32];
      for (const [i, { delayMs, endpoint }] of delays.entries()) {
        expect(endpoint).toBe(vacant.endpoint);
        if (bench.driver === 'native') expect(delayMs).toBe(steps[i]);
        // libzmq has no jitter here; the engine has, so that peers do not come back all at once
        else expect(Math.abs(delayMs - steps[i]!)).toBeLessThanOrEqual(steps[i]! / 4);
      }
      const back = await RawListener.open(vacant.endpoint);
      await (await back.accept()).greet('PULL');
      await push.log.first('connected');
    });
  });
});

describe('a peer that comes back', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('on its old address gets what was sent meanwhile', async () => {
      const push = link.left('push', SOON);
      let pull = link.right('pull');
      await link.join(push, pull);
      const endpoint = await link.bind(pull);
      for (let round = 0; round < 3; round += 1) {
        await push.send(`there ${round}`);
        expect(await pull.receive()).toEqual([`there ${round}`]);
        await pull.close();
        await push.log.nth('disconnected', round + 1);
        await push.send(`away ${round}`, 'a');
        await push.send(`away ${round}`, 'b');
        pull = link.right('pull');
        await pull.bind(endpoint);
        expect(await pull.receiveAll(2)).toEqual([`away ${round}|a`, `away ${round}|b`]);
      }
    });
  });

  overLinks({ types: ['push', 'pull'], binds: 'left', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('what it had sent before it went stays readable, and what it sends then follows', async () => {
      let push = link.left('push');
      const pull = link.right('pull', SOON);
      await link.join(push, pull);
      const endpoint = await link.bind(push);
      for (let round = 0; round < 3; round += 1) {
        await push.send(String(round));
        await push.close(Infinity);
        await pull.log.nth('disconnected', round + 1);
        push = link.left('push');
        await push.bind(endpoint);
        await push.send(`${round} again`);
      }
      expect(await pull.receiveAll(6)).toEqual(['0', '0 again', '1', '1 again', '2', '2 again']);
    });
  });

  overLinks({ types: ['pub', 'xpub', 'sub'], binds: 'left', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('hears of the subscriptions as they are then', async () => {
      let pub = link.left('pub');
      const sub = link.right('sub', SOON);
      for (const topic of ['A', 'A', 'B', 'C']) sub.subscribe(topic);
      await link.join(pub, sub);
      const endpoint = await link.bind(pub);
      await subscribed(pub, sub);
      await pub.close();
      await sub.log.first('disconnected');
      sub.subscribe('D');
      sub.unsubscribe('A');
      sub.unsubscribe('B');
      pub = link.left('pub');
      await pub.bind(endpoint);
      await subscribed(pub, sub);
      for (const topic of ['A', 'B', 'C', 'D']) await pub.send(topic);
      expect(await sub.receiveAll(3)).toEqual(['A', 'C', 'D']);
    });

    it('hears of more of them than the mark of SUB', async () => {
      let xpub = link.left('xpub');
      // libzmq sends them through its mark and loses those that do not fit
      const sub = link.right('sub', { ...SOON, sendHighWaterMark: link.rightDriver === 'native' ? 0 : 5 });
      const topics = Array.from({ length: 1500 }, (_, n) => `${n};`);
      for (const topic of topics) sub.subscribe(topic);
      await link.join(xpub, sub);
      const endpoint = await link.bind(xpub);
      const told = topics.map((topic) => `\x01${topic}`).sort();
      expect((await xpub.receiveAll(1500)).sort()).toEqual(told);
      await xpub.close();
      await sub.log.first('disconnected');
      xpub = link.left('xpub');
      await xpub.bind(endpoint);
      await sub.peers(1);
      expect((await xpub.receiveAll(1500)).sort()).toEqual(told);
    });
  });

  overLinks({ types: ['xpub', 'sub'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('XPUB that connects: the subscriptions of the one that went', async () => {
      const xpub = link.left('xpub', SOON);
      let sub = link.right('sub');
      await link.join(xpub, sub);
      const endpoint = await link.bind(sub);
      sub.subscribe('A');
      expect(await xpub.receive()).toEqual(['\x01A']);
      await sub.close();
      await xpub.log.first('disconnected');
      sub = link.right('sub');
      await sub.bind(endpoint);
      await xpub.peers(1);
      await sub.peers(1);
      sub.subscribe('A');
      sub.subscribe('B');
      if (xpub.driver === 'engine') {
        // they go with it
        expect(await xpub.receiveAll(3)).toEqual(['\x00A', '\x01A', '\x01B']);
      } else {
        // libzmq keeps them for whoever comes next
        expect(await xpub.receive()).toEqual(['\x01B']);
      }
      await xpub.send('A');
      expect(await sub.receive()).toEqual(['A']);
    });
  });

  overLinks({ types: ['radio', 'dish'], binds: 'left', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('hears of the groups of DISH again', async () => {
      let radio = link.left('radio');
      const dish = link.right('dish', SOON);
      for (const group of ['A', 'B']) dish.join(group);
      await link.join(radio, dish);
      const endpoint = await link.bind(radio);
      await radio.close();
      await dish.log.first('disconnected');
      dish.leave('A');
      dish.join('C');
      radio = link.left('radio');
      await radio.bind(endpoint);
      await subscribed(radio, dish);
      for (const group of ['A', 'B', 'C']) await radio.send(group, 'x');
      expect(await dish.receiveAll(2)).toEqual(['B|x', 'C|x']);
    });
  });

  overLinks({ types: ['dealer', 'router'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('ROUTER knows DEALER by its id again', async () => {
      const dealer = link.left('dealer', { ...SOON, routingId: 'X' });
      let router = link.right('router');
      await link.join(dealer, router);
      const endpoint = await link.bind(router);
      for (let round = 0; round < 3; round += 1) {
        await dealer.send(`question ${round}`);
        expect(await router.receive()).toEqual(['X', `question ${round}`]);
        await router.send('X', `answer ${round}`);
        expect(await dealer.receive()).toEqual([`answer ${round}`]);
        await router.close();
        await dealer.log.nth('disconnected', round + 1);
        router = link.right('router');
        await router.bind(endpoint);
      }
    });
  });

  overLinks({ types: ['router'], binds: 'right', transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('two routers find each other again', async () => {
      const left = link.left('router', { ...SOON, routingId: 'L', mandatory: true });
      let right = link.right('router', { routingId: 'R', mandatory: true });
      await link.join(left, right);
      const endpoint = await link.bind(right);
      await left.send('R', 'one');
      expect(await right.receive()).toEqual(['L', 'one']);
      await right.close();
      await left.log.first('disconnected');
      right = link.right('router', { routingId: 'R', mandatory: true });
      await right.bind(endpoint);
      await right.peers(1);
      await right.send('L', 'two');
      expect(await left.receive()).toEqual(['R', 'two']);
      await left.send('R', 'three');
      expect(await right.receive()).toEqual(['L', 'three']);
    });
  });

  overDrivers(['push'], (bench) => {
    it('is not connected to again where there is to be no reconnect, until it is asked for', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', { reconnectInterval: false });
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('PULL');
      await push.peers(1);
      peer.end();
      await push.peers(0);
      expect(push.log.of('retrying')).toEqual([]);
      expect(await push.trySend(['nobody'])).toBe(false);
      push.connect(listener.endpoint);
      await (await listener.accept()).greet('PULL');
      await push.peers(1);
      expect(listener.waiting).toBe(0);
    });

    it('a connection that is reset is made again', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', SOON);
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('PULL');
      await push.peers(1);
      peer.reset();
      const again = await listener.accept();
      await again.greet('PULL');
      await push.send('here again');
      expect(await again.nextPart()).toBe('here again');
    });
  });
});

describe('heartbeats', () => {
  overDrivers(['dealer'], (bench) => {
    const beats = { heartbeatInterval: 20, heartbeatTimeout: 60 } as const;

    it('a peer that falls silent is dropped', async () => {
      const dealer = bench.open('dealer', beats);
      const peer = await RawPeer.connect(await dealer.bind('tcp://127.0.0.1:*'), 'DEALER');
      expect((await peer.nextFrame()).body.slice(0, 5)).toBe('\x04PING');
      await peer.gone();
      await dealer.log.first('disconnected');
    });

    it('a peer that falls silent is left and connected to again', async () => {
      const listener = await RawListener.open();
      const dealer = bench.open('dealer', { ...beats, ...SOON });
      dealer.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('DEALER');
      await peer.gone();
      await (await listener.accept()).greet('DEALER');
      await dealer.log.nth('connected', 2);
    });

    it('a peer that answers, with whatever, is kept', async () => {
      const dealer = bench.open('dealer', { ...beats, heartbeatTimeout: 500 });
      const peer = await RawPeer.connect(await dealer.bind('tcp://127.0.0.1:*'), 'DEALER');
      for (let n = 0; n < 30; n += 1) {
        expect((await peer.nextFrame()).body.slice(0, 5)).toBe('\x04PING');
        if (n % 2 === 0) peer.command('PONG');
        else peer.message('alive');
      }
      expect(dealer.log.of('disconnected')).toEqual([]);
      expect(await dealer.receiveAll(15)).toEqual(Array.from({ length: 15 }, () => 'alive'));
    });

    it('PING is answered with its context', async () => {
      const dealer = bench.open('dealer');
      const peer = await RawPeer.connect(await dealer.bind('tcp://127.0.0.1:*'), 'DEALER');
      for (const context of ['', 'context', '0123456789abcdef']) {
        peer.command('PING', `\0\0${context}`);
        expect(await peer.nextFrame()).toEqual({ flags: 4, body: `\x04PONG${context}` });
      }
      peer.message('PING and PONG are not messages');
      expect(await dealer.receive()).toEqual(['PING and PONG are not messages']);
    });

    it('PING that is cut short is answered with nothing that it had not said', async () => {
      const dealer = bench.open('dealer');
      const peer = await RawPeer.connect(await dealer.bind('tcp://127.0.0.1:*'), 'DEALER');
      peer.command('PING');
      peer.command('PING', '\0');
      peer.command('PING', '\0\0context');
      const answers = [await peer.nextFrame()];
      while (answers.at(-1)?.body !== '\x04PONGcontext') answers.push(await peer.nextFrame());
      // libzmq answers with bytes of its heap
      if (bench.driver === 'engine') for (const { body } of answers.slice(0, -1)) expect(body).toBe('\x04PONG');
    });

    it('a peer that said how long it may be silent is dropped after that', async () => {
      const dealer = bench.open('dealer');
      const peer = await RawPeer.connect(await dealer.bind('tcp://127.0.0.1:*'), 'DEALER');
      peer.command('PING', '\0\x01'); // a tenth of a second
      expect(await peer.nextFrame()).toEqual({ flags: 4, body: '\x04PONG' });
      await peer.gone();
      await dealer.log.first('disconnected');
    });
  });

  overLinks({ types: ['push', 'pull'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('two that live keep their connection while nothing is said', async () => {
      const beats = { heartbeatInterval: 15, heartbeatTimeout: 500, heartbeatTimeToLive: 600 };
      const [push, pull] = [link.left('push', beats), link.right('pull', beats)];
      await link.join(push, pull);
      await new Promise((resolve) => setTimeout(resolve, 700)); // longer than the timeout and the time to live
      expect([...push.log.of('disconnected'), ...pull.log.of('disconnected')]).toEqual([]);
      await push.send('still here');
      expect(await pull.receive()).toEqual(['still here']);
    });
  });
});

describe('handshakes that come to nothing', () => {
  overDrivers(['push', 'pull'], (bench) => {
    it('a peer that says nothing is dropped in time', async () => {
      const pull = bench.open('pull', { handshakeInterval: 50 });
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const silent = await RawPeer.dial(endpoint);
      const half = await RawPeer.dial(endpoint);
      half.write('\xff\0\0\0\0\0\0\0\x01\x7f\x03');
      await silent.gone();
      await half.gone();
      await pull.log.nth('handshakeFailed', 2);
      const push = bench.open('push');
      push.connect(endpoint);
      await push.send('the next one');
      expect(await pull.receive()).toEqual(['the next one']);
    });

    it('a connecting socket leaves a peer that says nothing, and tries again', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', { ...SOON, handshakeInterval: 50 });
      push.connect(listener.endpoint);
      const silent = await listener.accept();
      await silent.gone();
      await push.log.first('handshakeFailed');
      const speaks = await listener.accept();
      await speaks.greet('PULL');
      await push.send('here');
      expect(await speaks.nextPart()).toBe('here');
    });

    it('a handshake that is done in time is not cut off later', async () => {
      const pull = bench.open('pull', { handshakeInterval: 40 });
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH');
      await new Promise((resolve) => setTimeout(resolve, 100)); // longer than the handshake may take
      peer.message('still here');
      expect(await pull.receive()).toEqual(['still here']);
      expect(pull.log.of('disconnected')).toEqual([]);
    });

    it('a connecting socket that meets another protocol says so', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', SOON);
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      const greeting = Buffer.alloc(64);
      greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
      greeting.write('PLAIN', 12, 'latin1');
      peer.write(greeting);
      await peer.gone();
      await push.log.first('handshakeFailed');
      // libzmq gives the endpoint up for good; the engine tries again at its slowest
      if (bench.driver === 'engine') await (await listener.accept()).greet('PULL');
    });
  });

  overLinks({ types: ['push', 'dealer'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('socket types that do not fit each other: both sides say so', async () => {
      const [push, dealer] = [link.left('push'), link.right('dealer')];
      const [binding, connecting] = link.leftBinds ? [push, dealer] : [dealer, push];
      connecting.connect(await link.bind(binding));
      await binding.log.first('handshakeFailed');
      await connecting.log.first('handshakeFailed');
      expect([...push.log.of('connected'), ...dealer.log.of('connected')]).toEqual([]);
    });
  });
});
