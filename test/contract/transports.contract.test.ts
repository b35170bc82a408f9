import { once } from 'node:events';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { supportsAbstractNames } from '../../src/engine/carriers/node/ipc.js';
import { overDrivers, overLinks } from './columns.js';
import { freeEndpoint } from './Link.js';
import { RawListener, RawPeer } from './RawPeer.js';

describe('messages of all sizes', () => {
  overLinks({ types: ['pair'] }, (link) => {
    it('arrive as they were, those at the edges of the wire as well', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.join(left, right);
      const sizes = [0, 1, 254, 255, 256, 257, 4095, 4096, 8190, 8191, 8192, 8193, 65_535, 65_536, 65_537, 1_000_000];
      for (const size of sizes) await left.send(pattern(size));
      for (const size of sizes) {
        const [part] = await right.receiveBytes();
        expect(same(part!, pattern(size)), `${size} bytes`).toBe(true);
      }
    });

    it('a very large one, among small ones, both ways', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.join(left, right);
      const large = pattern(8_000_003);
      for (const [from, to] of [
        [left, right],
        [right, left],
      ] as const) {
        await from.send('before');
        await from.send('with', large, 'and', large.subarray(0, 70_001));
        await from.send('after');
        expect(await to.receive()).toEqual(['before']);
        const parts = await to.receiveBytes();
        expect(parts.map(({ length }) => length)).toEqual([4, 8_000_003, 3, 70_001]);
        expect(same(parts[1]!, large) && same(parts[3]!, large.subarray(0, 70_001))).toBe(true);
        expect(await to.receive()).toEqual(['after']);
      }
    });

    it('many parts, many of them empty', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.join(left, right);
      const parts = Array.from({ length: 1000 }, (_, n) => (n % 3 === 0 ? String(n) : ''));
      await left.send(...parts);
      await left.send('', '');
      expect(await right.receive()).toEqual(parts);
      expect(await right.receive()).toEqual(['', '']);
    });

    it('a buffer may be used again once its message was taken, where it is small', async () => {
      const [left, right] = [link.left('pair'), link.right('pair')];
      await link.join(left, right);
      const buffer = new Uint8Array(100);
      for (let n = 0; n < 50; n += 1) {
        buffer.fill(n);
        await left.send(left.driver === 'engine' ? buffer : buffer.slice());
      }
      for (let n = 0; n < 50; n += 1) expect(await right.receive()).toEqual([String.fromCharCode(n).repeat(100)]);
    });
  });
});

describe('several endpoints', () => {
  overLinks({ types: ['push', 'pull'], transports: ['tcp', 'ipc', 'web'] }, (link) => {
    it('one socket binds several, of all transports, and connects to others', async () => {
      const pull = link.right('pull');
      const pushes = [link.left('push'), link.left('push'), link.left('push')] as const;
      pushes[0].connect(await pull.bind('tcp://127.0.0.1:*'));
      pushes[1].connect(await pull.bind(freeEndpoint('ipc')));
      pull.connect(await pushes[2].bind(freeEndpoint(link.transport)));
      for (const [i, push] of pushes.entries()) await push.send(String(i));
      expect((await pull.receiveAll(3)).sort()).toEqual(['0', '1', '2']);
    });
  });
});

describe('tcp', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['tcp'] }, (link) => {
    it.each([
      ['tcp://127.0.0.1:*', /^tcp:\/\/127\.0\.0\.1:(\d+)$/],
      ['tcp://127.0.0.1:0', /^tcp:\/\/127\.0\.0\.1:(\d+)$/],
      ['tcp://*:*', /^tcp:\/\/0\.0\.0\.0:(\d+)$/],
      ['tcp://0.0.0.0:*', /^tcp:\/\/0\.0\.0\.0:(\d+)$/],
      ['tcp://localhost:*', /^tcp:\/\/127\.0\.0\.1:(\d+)$/],
      [`tcp://${loopbackName()}:*`, /^tcp:\/\/127\.0\.0\.1:(\d+)$/],
    ])('%s has a real endpoint, which can be connected to by address and by name', async (wildcard, real) => {
      const pull = link.right('pull');
      const endpoint = await pull.bind(wildcard);
      expect(endpoint).toMatch(real);
      const port = real.exec(endpoint)![1]!;
      expect(Number(port)).toBeGreaterThan(0);
      for (const host of ['127.0.0.1', 'localhost']) {
        const push = link.left('push');
        push.connect(`tcp://${host}:${port}`);
        await push.send(host);
        expect(await pull.receive()).toEqual([host]);
      }
    });

    it('a connection may start from an address of one’s own', async () => {
      const pull = link.right('pull');
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const push = link.left('push');
      push.connect(endpoint.replace('tcp://', 'tcp://127.0.0.1:0;'));
      await push.send('from here');
      expect(await pull.receive()).toEqual(['from here']);
    });
  });

  overLinks({ types: ['push', 'pull'], transports: ['tcp'] }, (link) => {
    it.skipIf(!hasIpv6())('IPv6 (where the machine has it)', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      const [binding, connecting] = link.leftBinds ? [push, pull] : [pull, push];
      const endpoint = await binding.bind('tcp://[::1]:*');
      expect(endpoint).toMatch(/^tcp:\/\/\[::1\]:\d+$/);
      connecting.connect(endpoint);
      await push.send('over IPv6');
      expect(await pull.receive()).toEqual(['over IPv6']);
    });
  });

  overDrivers(['pull'], (bench) => {
    it('an address that is taken cannot be bound', async () => {
      const [first, second] = [bench.open('pull'), bench.open('pull')];
      const endpoint = await first.bind('tcp://127.0.0.1:*');
      await expect(second.bind(endpoint)).rejects.toThrow(/in use/);
      await second.bind('tcp://127.0.0.1:*');
    });

    it('an address of somebody else cannot be bound', async () => {
      await expect(bench.open('pull').bind('tcp://192.0.2.1:*')).rejects.toThrow();
      await expect(bench.open('pull').bind('tcp://no-such-interface-0:*')).rejects.toThrow();
    });
  });
});

describe('ipc', () => {
  overLinks({ types: ['push', 'pull'], binds: 'right', transports: ['ipc'] }, (link) => {
    it('a wildcard makes a real path, which goes with it', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      const endpoint = await pull.bind('ipc://*');
      const path = endpoint.slice('ipc://'.length);
      expect(existsSync(path)).toBe(true);
      push.connect(endpoint);
      await push.send('found');
      expect(await pull.receive()).toEqual(['found']);
      await pull.close();
      expect(existsSync(path)).toBe(false);
    });

    it('a socket file that nobody listens on is taken over', async () => {
      const endpoint = freeEndpoint('ipc');
      await leaveSocketFile(endpoint.slice('ipc://'.length));
      const [push, pull] = [link.left('push'), link.right('pull')];
      await pull.bind(endpoint);
      push.connect(endpoint);
      await push.send('found');
      expect(await pull.receive()).toEqual(['found']);
    });
  });

  overDrivers(['pull', 'push'], (bench) => {
    it('a path in no folder cannot be bound', async () => {
      await expect(bench.open('pull').bind(`${freeEndpoint('ipc')}/none/here`)).rejects.toThrow();
    });

    it('an abstract name', async () => {
      const [pull, push] = [bench.open('pull'), bench.open('push')];
      const endpoint = `ipc://@contract ${process.pid}`;
      if (bench.driver === 'engine' && !supportsAbstractNames()) {
        await expect(pull.bind(endpoint)).rejects.toThrow(/Node 22/); // node 20 pads the name
        return;
      }
      expect(await pull.bind(endpoint)).toBe(endpoint);
      push.connect(endpoint);
      await push.send('found');
      expect(await pull.receive()).toEqual(['found']);
    });

    it('a path that is taken', async () => {
      const endpoint = freeEndpoint('ipc');
      const [first, second] = [bench.open('pull'), bench.open('pull')];
      await first.bind(endpoint);
      // libzmq takes the path away from whoever has it; the engine leaves it to a socket that answers
      if (bench.driver === 'native') await second.bind(endpoint);
      else await expect(second.bind(endpoint)).rejects.toThrow(/in use/);
    });

    it('a path that a file has', async () => {
      const endpoint = freeEndpoint('ipc');
      writeFileSync(endpoint.slice('ipc://'.length), 'precious');
      const pull = bench.open('pull');
      // libzmq deletes the file; the engine leaves it
      if (bench.driver === 'native') await pull.bind(endpoint);
      else await expect(pull.bind(endpoint)).rejects.toThrow();
    });
  });
});

describe('inproc', () => {
  overLinks({ types: ['push', 'pull'], transports: ['inproc'], binds: 'right' }, (link) => {
    it('the name may be bound later', async () => {
      const pushes = [link.left('push'), link.left('push'), link.left('push')];
      const pull = link.right('pull');
      const endpoint = await link.vacant();
      for (const [i, push] of pushes.entries()) {
        push.connect(endpoint);
        await push.send('', String(i));
      }
      await pull.bind(endpoint);
      expect((await pull.receiveAll(3)).sort()).toEqual(['|0', '|1', '|2']);
    });

    it('a name has one socket, and is free when that is gone', async () => {
      const [first, second] = [link.right('pull'), link.right('pull')];
      const endpoint = await first.bind(freeEndpoint('inproc'));
      await expect(second.bind(endpoint)).rejects.toThrow();
      await first.close();
      const [third, push] = [link.right('pull'), link.left('push')];
      await third.bind(endpoint);
      push.connect(endpoint);
      await push.send('to the third');
      expect(await third.receive()).toEqual(['to the third']);
    });

    it('names are told apart to the last character', async () => {
      const [short, long] = [link.right('pull'), link.right('pull')];
      const [toShort, toLong] = [link.left('push'), link.left('push')];
      const endpoint = freeEndpoint('inproc');
      await short.bind(endpoint);
      await long.bind(`${endpoint} `);
      toShort.connect(endpoint);
      toLong.connect(`${endpoint} `);
      await toShort.send('short');
      await toLong.send('long');
      expect([await short.receive(), await long.receive()]).toEqual([['short'], ['long']]);
    });

    it('unbind keeps the peers that are there', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      await link.join(push, pull);
      await push.send('before');
      expect(await pull.receive()).toEqual(['before']);
      await pull.unbind(await link.bind(pull));
      await push.send('after');
      expect(await pull.receive()).toEqual(['after']);
    });

    it('a connecting socket whose peer is gone', async () => {
      const push = link.left('push');
      const [gone, next] = [link.right('pull'), link.right('pull')];
      await link.join(push, gone);
      const endpoint = await link.bind(gone);
      await gone.close();
      await next.bind(endpoint);
      // libzmq leaves it without a peer; the engine finds the next one that has the name
      if (push.driver === 'native') {
        expect(await push.trySend(['nobody'])).toBe(false);
      } else {
        await push.send('next');
        expect(await next.receive()).toEqual(['next']);
      }
    });

    it('disconnect leaves the peer, which gets what was sent', async () => {
      const [push, pull] = [link.left('push'), link.right('pull')];
      await link.join(push, pull);
      await push.send('last');
      push.disconnect(await link.bind(pull));
      expect(await push.trySend(['nobody'])).toBe(false);
      expect(await pull.receive()).toEqual(['last']);
    });
  });

  overLinks({ types: ['dealer', 'router'], transports: ['inproc'], binds: 'right' }, (link) => {
    it('ids are known though the name is bound later', async () => {
      const dealers = ['one', 'two'].map((routingId) => link.left('dealer', { routingId }));
      const router = link.right('router');
      const endpoint = await link.vacant();
      for (const dealer of dealers) {
        dealer.connect(endpoint);
        await dealer.send('');
      }
      await router.bind(endpoint);
      expect((await router.receiveAll(2)).sort()).toEqual(['one|', 'two|']);
      await router.send('two', 'for two');
      expect(await dealers[1]!.receive()).toEqual(['for two']);
    });
  });
});

describe('a peer by hand', () => {
  overDrivers(['pull', 'push'], (bench) => {
    it.each(['together', 'bytes'] as const)('may send its greeting and READY %s', async (hasty) => {
      const pull = bench.open('pull');
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH', { hasty });
      peer.message('hello', 'there');
      expect(await pull.receive()).toEqual(['hello', 'there']);
    });

    it('may be of version 3.0', async () => {
      const pull = bench.open('pull');
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH', { minor: 0 });
      peer.message('hello');
      expect(await pull.receive()).toEqual(['hello']);
    });

    it('may be of ZMTP 2.0, for as long as it likes', async () => {
      const pull = bench.open('pull', { handshakeInterval: 50 });
      const peer = await RawPeer.dial(await pull.bind('tcp://127.0.0.1:*'));
      peer.write('\xff\0\0\0\0\0\0\0\x01\x7f\x01\x08'); // revision 1, PUSH
      expect((await peer.bytes(12)).subarray(10)).toEqual(Buffer.of(3, 7)); // revision 3, PULL
      peer.write('\0\0'); // no identity
      expect(await peer.nextFrame()).toEqual({ flags: 0, body: '' });
      peer.message('hello', 'there');
      expect(await pull.receive()).toEqual(['hello', 'there']);
      await new Promise((resolve) => setTimeout(resolve, 100)); // longer than a handshake may take
      peer.message('still here');
      expect(await pull.receive()).toEqual(['still here']);
    });

    it('may send byte by byte, and several messages at once', async () => {
      const pull = bench.open('pull');
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH');
      const bytes = Buffer.from('\x01\x03one\x00\x03two\x00\x00\x02\0\0\0\0\0\0\0\x05three', 'latin1');
      for (const byte of bytes) peer.write(Buffer.of(byte));
      peer.write(Buffer.concat([bytes, bytes]));
      const once = ['one|two', '', 'three'];
      expect(await pull.receiveAll(9)).toEqual([...once, ...once, ...once]);
    });

    it('may send commands between the parts of a message, and such as nobody knows', async () => {
      const pull = bench.open('pull');
      const peer = await RawPeer.connect(await pull.bind('tcp://127.0.0.1:*'), 'PUSH');
      peer.frame(1, 'one');
      peer.command('PING', '\0\0x');
      expect(await peer.nextFrame()).toEqual({ flags: 4, body: '\x04PONGx' });
      peer.frame(1, 'two');
      peer.command('UNHEARD', 'of');
      peer.frame(4, '');
      peer.frame(4, '\xffX');
      peer.frame(0, 'three');
      expect(await pull.receive()).toEqual(['one', 'two', 'three']);
    });

    it('gets no commands between the parts', async () => {
      const listener = await RawListener.open();
      const push = bench.open('push', { heartbeatInterval: 5, heartbeatTimeout: 5000 });
      push.connect(listener.endpoint);
      const peer = await listener.accept();
      await peer.greet('PULL');
      await push.peers(1);
      peer.pause();
      for (let n = 0; n < 5; n += 1) await push.send('a', new Uint8Array(1_000_000), 'c');
      await new Promise((resolve) => setTimeout(resolve, 30)); // some heartbeats are due by then
      peer.resume();
      const flags: number[] = [];
      while (flags.filter((flag) => flag === 0).length < 5) {
        const frame = await peer.nextFrame();
        flags.push(frame.flags);
      }
      const commandsInside = flags.filter((flag, i) => flag === 4 && flags[i - 1] === 1);
      // libzmq sends them there; whoever reads must bear it
      if (bench.driver === 'engine') expect(commandsInside).toEqual([]);
      expect(flags.filter((flag) => flag !== 4)).toEqual(Array.from({ length: 5 }, () => [1, 1, 0]).flat());
    });

    it('may send frames as large as allowed, and no larger', async () => {
      const pull = bench.open('pull', { maxMessageSize: 1000 });
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const peer = await RawPeer.connect(endpoint, 'PUSH');
      peer.message(new Uint8Array(1000));
      expect((await pull.receiveBytes())[0]).toHaveLength(1000);
      peer.write('\x02\0\0\0\0\0\0\x03\xe9'); // 1001 bytes are announced, none of them sent
      await peer.gone();
      await pull.log.first('disconnected');
      const next = await RawPeer.connect(endpoint, 'PUSH');
      next.message('next');
      expect(await pull.receive()).toEqual(['next']);
    });

    it.each([
      ['a length beyond all memory', '\x02\x7f\xff\xff\xff\xff\xff\xff\xff'],
      ['a negative length', '\x02\xff\xff\xff\xff\xff\xff\xff\xff'],
    ])('%s ends its connection and nothing else', async (_, header) => {
      const pull = bench.open('pull', bench.driver === 'native' ? { maxMessageSize: 2 ** 40 } : {});
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const [good, bad] = [await RawPeer.connect(endpoint, 'PUSH'), await RawPeer.connect(endpoint, 'PUSH')];
      bad.write(header);
      await bad.gone();
      good.message('unharmed');
      expect(await pull.receive()).toEqual(['unharmed']);
    });

    it('that does not speak ZMTP harms nobody', async () => {
      const pull = bench.open('pull');
      const endpoint = await pull.bind('tcp://127.0.0.1:*');
      const good = await RawPeer.connect(endpoint, 'PUSH');
      const browser = await RawPeer.dial(endpoint);
      browser.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      // libzmq takes it for the first bytes of ZMTP 1.0 and waits for the rest
      if (bench.driver === 'engine') await browser.gone();
      for (const bad of [{ mechanism: 'CURVE' }, { ready: '\x04\x03\x05BAD' }, { ready: '\x00\x05early' }]) {
        const peer = await RawPeer.dial(endpoint);
        const greeting = Buffer.alloc(64);
        greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
        greeting.write(bad.mechanism ?? 'NULL', 12, 'latin1');
        peer.write(greeting);
        if (bad.ready !== undefined) peer.write(bad.ready);
        await peer.gone();
      }
      await pull.log.nth('handshakeFailed', 3);
      good.message('unharmed');
      expect(await pull.receive()).toEqual(['unharmed']);
    });
  });
});

/** Bytes of which no stretch is like another. */
function pattern(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = (i * 31 + (i >> 8)) & 255;
  return bytes;
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

function loopbackName(): string {
  const all = Object.entries(networkInterfaces());
  return all.find(([, addresses]) => addresses?.some(({ address }) => address === '127.0.0.1'))?.[0] ?? 'lo';
}

/** Leaves a socket file behind that nobody listens on, as a process does that was killed. */
async function leaveSocketFile(path: string): Promise<void> {
  const server = createServer().listen(`${path}.live`);
  await once(server, 'listening');
  renameSync(`${path}.live`, path); // node deletes the name that it knows
  server.close();
  await once(server, 'close');
  if (!existsSync(path)) throw new Error(`no socket file was left at ${path}`);
}
