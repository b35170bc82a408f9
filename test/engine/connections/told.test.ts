import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { Dealer, Push, curveKeyPair } from 'zeromq';
import { decodeZ85 } from '../../../src/basics/z85.js';
import type { DriverSecurity } from '../../../src/driver/DriverSecurity.js';
import { DEAF_MS } from '../../../src/engine/connections/Refused.js';
import { command, frame, greeting, longHeader, ready } from '../hostile/support/bytes.js';
import { dialSocket, greeted, gone } from '../hostile/support/dial.js';
import { EngineEnd, type EndSettings } from '../hostile/support/EngineEnd.js';
import { HurriedClock } from '../hostile/support/HurriedClock.js';

const MIB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'told-'));
afterAll(() => rmSync(folder, { recursive: true }));
let ipcCount = 0;
const places = { tcp: () => 'tcp://127.0.0.1:*', ipc: () => `ipc://${folder}/${(ipcCount += 1)}` } as const;

const server = curveKeyPair();
const client = curveKeyPair();
const key = (text: string): Uint8Array => decodeZ85(text)!;
/** Of the side that binds, and of the other. */
const securities: Readonly<Record<string, readonly [DriverSecurity | undefined, DriverSecurity | undefined]>> = {
  NULL: [undefined, undefined],
  PLAIN: [
    { mechanism: 'plain', authenticate: () => true },
    { mechanism: 'plain', username: 'a', password: 'b' },
  ],
  CURVE: [
    { mechanism: 'curve', secretKey: key(server.secretKey) },
    {
      mechanism: 'curve',
      serverKey: key(server.publicKey),
      publicKey: key(client.publicKey),
      secretKey: key(client.secretKey),
    },
  ],
};

const LIMITS: EndSettings = { maxMessageBytes: MIB, limits: { maxParts: 4 } };
const poisons: Readonly<Record<string, readonly [parts: readonly (string | Uint8Array)[], reason: RegExp]>> = {
  'too many parts': [['1', '2', '3', '4', '5'], /the peer refused it: '.*maxParts/],
  'too many bytes': [[new Uint8Array(8 * MIB)], /the peer refused it: '.*maxMessageBytes/],
};

function open(type: 'push' | 'pull' | 'pub' | 'sub' | 'dealer' | 'router', settings: EndSettings = {}) {
  const bodies: string[] = [];
  const hears =
    type === 'push' || type === 'pub'
      ? undefined
      : (parts: readonly Uint8Array[]) => void bodies.push(text(parts.at(-1)!));
  const end = new EngineEnd(type, settings, hears);
  onTestFinished(() => end.close());
  return { end, bodies };
}

function text(part: Uint8Array): string {
  return Buffer.from(part).toString('latin1');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const cases = Object.keys(places).flatMap((place) =>
  Object.keys(securities).flatMap((security) =>
    (['the receiver', 'the sender'] as const).flatMap((binder) =>
      Object.keys(poisons).map((poison) => ({ place, security, binder, poison })),
    ),
  ),
);

describe.each(cases)(
  'a sender of $poison ($place, $security, $binder binds)',
  ({ place, security, binder, poison }) => {
    const [parts, reason] = poisons[poison]!;

    async function joined(settings: EndSettings = {}) {
      const [bound, connecting] = securities[security]!;
      const isBound = binder === 'the receiver';
      const receiver = open('pull', { ...LIMITS, ...settings, security: isBound ? bound : connecting });
      const sender = open('push', { requiresPeer: true, security: isBound ? connecting : bound });
      const [near, far] = isBound ? [receiver, sender] : [sender, receiver];
      far.end.socket.connect(await near.end.bind(places[place as 'tcp']()));
      await sender.end.log.first('connected');
      return { sender: sender.end, receiver: receiver.end, bodies: receiver.bodies };
    }

    it('hears why, loses that message, and goes on', async () => {
      const { sender, receiver, bodies } = await joined();
      await sender.send('good');
      await sender.send(...parts);
      expect((await sender.log.first('disconnected')).reason).toMatch(reason);
      const { count, reason: why } = await sender.log.first('dropped');
      expect(count ?? 1).toBeGreaterThan(0);
      expect(why).toMatch(reason);
      await sender.send('later');
      await until(() => bodies.includes('later'));
      expect(bodies).toEqual(['good', 'later']);
      expect(receiver.log.of('disconnected')).toHaveLength(1);
    });

    it('hears why when it has closed right behind it, and when the receiver reads late', async () => {
      const { sender, receiver, bodies } = await joined({ highWaterMark: 1 });
      receiver.stopReading();
      for (let i = 0; i < 50; i += 1) await sender.send(`good ${i}`);
      await sender.send(...parts);
      const closed = sender.close(10_000);
      setImmediate(() => receiver.readAgain());
      await closed;
      const { reason: why } = sender.log.of('dropped').at(-1)!;
      expect(why).toMatch(reason);
      expect(bodies).toHaveLength(50);
    });
  },
);

describe('limits of other kinds are told as well', () => {
  it.each([
    [
      'pub',
      'SUB',
      Buffer.concat(['a', 'b', 'c'].map((topic) => command('SUBSCRIBE', topic))),
      'more than 2 subscriptions',
    ],
    ['pub', 'SUB', command('SUBSCRIBE', 'x'.repeat(101)), 'a topic of 101 bytes, 100 are allowed'],
    ['pub', 'SUB', command('SUBSCRIBE', 'xyz'), 'subscriptions that weigh more than 100 bytes'],
    ['pull', 'PUSH', longHeader(0, 2n ** 63n), 'a frame longer than 2^53 bytes'],
    ['pull', 'PUSH', longHeader(4, 2n ** 20n), 'a command of 1048576 bytes: at most 65536'],
  ] as const)('(%s to %s) %#', async (type, peerType, bytes, reason) => {
    const limits = {
      maxSubscriptions: 2,
      maxTopicBytes: 100,
      ...(reason.includes('weigh') && { maxSubscriptionBytes: 100 }),
    };
    const { end } = open(type, { limits });
    const raw = await greeted(await end.bind('tcp://127.0.0.1:*'), peerType);
    raw.write(bytes);
    expect((await raw.nextFrame()).body).toBe(`\x05ERROR${String.fromCharCode(reason.length)}${reason}`);
    await raw.gone();
    expect((await end.log.first('disconnected')).reason).toBe(reason);
  });

  it('to a peer that is one too many', async () => {
    const { end } = open('pull', { limits: { maxPeers: 1 } });
    const endpoint = await end.bind('tcp://127.0.0.1:*');
    await greeted(endpoint, 'PUSH');
    await end.log.first('connected');
    const raw = await greeted(endpoint, 'PUSH');
    expect((await raw.nextFrame()).body).toMatch(/ERROR.*maxPeers/);
  });

  it('but not to a peer of ZMTP 2.0, which knows no commands', async () => {
    const { end } = open('pull', LIMITS);
    const socket = await dialSocket(await end.bind('tcp://127.0.0.1:*'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.write(Buffer.concat([Buffer.of(0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 8), frame(0, '')]));
    await end.log.first('connected');
    socket.write(longHeader(0, 2n ** 40n));
    await gone(socket);
    expect(Buffer.concat(chunks).toString('latin1')).not.toContain('ERROR');
  });
});

describe('a peer that is refused while it does not read', () => {
  const tooMany = Buffer.concat([...['1', '2', '3', '4'].map((part) => frame(1, part)), frame(0, '5')]);

  async function stalled(clock?: HurriedClock) {
    const { end } = open('dealer', { ...LIMITS, ...(clock && { clock }) });
    const raw = await greeted(await end.bind('tcp://127.0.0.1:*'), 'DEALER');
    await end.log.first('connected');
    raw.pause();
    let written = 0;
    while (end.socket.write([new Uint8Array(65_536)])) written += 1;
    raw.write(tooMany);
    await end.log.first('disconnected');
    const dropped = (): number => end.log.of('dropped').reduce((sum, { count }) => sum + count!, 0);
    return { end, raw, written, dropped };
  }

  it('hears why behind all that was under way; the rest is told as dropped', async () => {
    const { end, raw, written, dropped } = await stalled();
    await end.log.first('dropped');
    raw.resume();
    let came = 0;
    while (!(await raw.nextFrame()).body.startsWith('\x05ERROR')) came += 1;
    expect(came).toBeGreaterThan(0);
    expect(came + dropped()).toBe(written);
  });

  it('is dropped when it goes on so, and what was under way is told as well', async () => {
    const clock = new HurriedClock();
    const { end, raw, written, dropped } = await stalled(clock);
    await end.log.first('dropped');
    const before = dropped();
    expect(clock.hurry(DEAF_MS)).toBe(1);
    await end.log.nth('dropped', 2);
    expect(dropped()).toBeGreaterThan(before);
    expect(dropped()).toBeLessThanOrEqual(written);
    raw.drop();
  });
});

describe('peers that were refused and never close', () => {
  const poison = Buffer.concat([greeting(), ready('PUSH'), longHeader(0, 2n ** 63n)]);

  /** Sends on and on, and keeps its side open. */
  async function stubborn(endpoint: string) {
    const socket = await dialSocket(endpoint);
    socket.allowHalfOpen = true;
    socket.resume();
    socket.write(poison);
    const drip = setInterval(() => socket.write('still here'), 5);
    socket.once('close', () => clearInterval(drip));
    onTestFinished(() => void socket.destroy());
    return socket;
  }

  it('are no more than maxHandshakes', async () => {
    const { end } = open('pull', { limits: { maxHandshakes: 20 } });
    const endpoint = await end.bind('tcp://127.0.0.1:*');
    let count = 0;
    for (let i = 0; i < 100; i += 1) {
      count += 1;
      (await stubborn(endpoint)).once('close', () => (count -= 1));
      await end.log.nth('disconnected', i + 1);
    }
    await until(() => count <= 20);
    await greeted(endpoint, 'PUSH');
  });

  it('are dropped after a while', async () => {
    const clock = new HurriedClock();
    const { end } = open('pull', { clock });
    const socket = await stubborn(await end.bind('tcp://127.0.0.1:*'));
    await end.log.first('disconnected');
    expect(clock.hurry(DEAF_MS)).toBe(1);
    await gone(socket);
    expect(clock.running(DEAF_MS)).toBe(0);
  });
});

describe('a sender of libzmq', () => {
  it.each([
    ['pull', () => new Push()],
    ['router', () => new Dealer()],
  ] as const)('that a %s tells takes no harm: it connects again, and goes on', async (type, create) => {
    const { end, bodies } = open(type, LIMITS);
    const socket = create();
    onTestFinished(() => socket.close());
    socket.connect(await end.bind('tcp://127.0.0.1:*'));
    for (let i = 0; i < 5; i += 1) {
      await end.log.nth('connected', i + 1);
      await socket.send(`good ${i}`);
      await until(() => bodies.includes(`good ${i}`));
      await socket.send(['1', '2', '3', '4', '5']);
    }
    expect(bodies).toEqual([0, 1, 2, 3, 4].map((i) => `good ${i}`));
  });
});
