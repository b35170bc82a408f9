import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import { type RawPeer } from '../../contract/RawPeer.js';
import { command, frame, greeting, longHeader, ready, repeated } from './support/bytes.js';
import { dial, dialSocket, greeted, type HostilePeer } from './support/dial.js';
import { EngineEnd, type EndSettings } from './support/EngineEnd.js';
import { HurriedClock } from './support/HurriedClock.js';
import { memoryInUse } from './support/memory.js';
import { Target, type TargetType } from './support/Target.js';

const MIB = 2 ** 20;
const RATE_CHECK_MS = 10_000;
/** After so many of them without anything TCP itself has given up. */
const SILENT_CHECKS = 100;

async function opened(type: TargetType, settings?: EndSettings): Promise<Target> {
  const target = await Target.open(type, 'tcp', settings);
  onTestFinished(() => target.close());
  return target;
}

/** A bound socket of the engine without an honest peer. */
async function bound(type: PatternType, settings?: EndSettings, received?: () => void) {
  const end = new EngineEnd(type, settings, received);
  onTestFinished(() => end.close());
  return { end, endpoint: await end.bind('tcp://127.0.0.1:*') };
}

/** Comes back when the socket has heard all that the peer has said. */
async function heardAll(raw: RawPeer): Promise<void> {
  raw.command('PING', '\0\0heard');
  while ((await raw.nextFrame()).body !== '\x04PONGheard');
}

describe('memory', () => {
  it('is not taken for what is announced and does not come, and whoever announced it is dropped in the end', async () => {
    const clock = new HurriedClock();
    const target = await opened('pull', { clock });
    await greeted(target.endpoint, 'PUSH').then((raw) => raw.drop()); // all code has run once
    const before = await memoryInUse();
    const { rss } = process.memoryUsage();
    const peers = await Promise.all(Array.from({ length: 50 }, () => greeted(target.endpoint, 'PUSH')));
    for (const raw of peers) raw.write(Buffer.concat([longHeader(0, 250n * 2n ** 20n), Buffer.alloc(1000)]));
    await target.goesOn();
    while (clock.running(RATE_CHECK_MS) < 50) await target.goesOn(1);
    expect((await memoryInUse()) - before).toBeLessThan(10 * MIB);
    expect(process.memoryUsage().rss - rss).toBeLessThan(100 * MIB); // of 12.5 GiB

    expect(clock.hurry(RATE_CHECK_MS)).toBe(50); // as an outage of the wire would look
    expect(target.log.of('disconnected').slice(-1)[0]?.reason).not.toMatch(/a message/);
    for (let i = 1; i < SILENT_CHECKS; i += 1) expect(clock.hurry(RATE_CHECK_MS)).toBe(50);
    await Promise.all(peers.map((raw) => raw.gone()));
    const reasons = target.log.of('disconnected').slice(-50);
    expect(reasons.every(({ reason }) => reason === 'nothing came of a message for 1000 s')).toBe(true);
    await target.goesOn();
  });

  it('is not held by a message that goes on too slowly, also after its socket was not read for long', async () => {
    const clock = new HurriedClock();
    const { end, endpoint } = await bound('pull', { clock, highWaterMark: 5 }, () => undefined);
    end.stopReading();
    const raw = await greeted(endpoint, 'PUSH');
    raw.write(Buffer.concat([repeated(frame(0, 'whole'), 5), longHeader(0, 1_000_000n), Buffer.alloc(1000)]));
    while (clock.running(RATE_CHECK_MS) === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.hurry(RATE_CHECK_MS); // it could not go on: nobody read
    end.readAgain();
    expect(raw.ended).toBe(false);
    for (let i = 0; i < SILENT_CHECKS; i += 1) expect(clock.hurry(RATE_CHECK_MS)).toBe(1);
    await raw.gone();
    expect((await end.log.first('disconnected')).reason).toMatch(/nothing came of a message/);
  });

  it('is not taken by a message of endless small parts, each whole', async () => {
    const { end, endpoint } = await bound('pull', { maxMessageBytes: MIB, limits: { maxParts: 2 ** 40 } });
    const before = await memoryInUse();
    const raw = await greeted(endpoint, 'PUSH');
    raw.write(repeated(frame(1, Buffer.alloc(200)), 10_000));
    expect((await end.log.first('disconnected')).reason).toMatch(/maxMessageBytes/);
    expect((await memoryInUse()) - before).toBeLessThan(8 * MIB);
  });

  it('of peers that are gone is given back once what they sent is read', async () => {
    let received = 0;
    const { end, endpoint } = await bound('pull', {}, () => void (received += 1));
    const each = 900; // below the mark: a connection that is not read does not hear that its peer is gone
    const messages = repeated(frame(0, 'x'), each);
    const visit = async () => {
      const raw = await dialSocket(endpoint);
      raw.resume();
      raw.end(Buffer.concat([greeting(), ready('PUSH'), messages]));
    };
    const visits = async (count: number) => {
      const wanted = received + count * each;
      end.stopReading();
      for (let i = 0; i < count; i += 1) await visit();
      await end.log.nth('disconnected', count);
      end.readAgain();
      expect(received).toBe(wanted);
      end.log.all.length = 0;
    };
    await visits(50);
    const before = await memoryInUse();
    for (let i = 0; i < 20; i += 1) await visits(50);
    expect((await memoryInUse()) - before).toBeLessThan(4 * MIB);
  });
});

describe('handshakes', () => {
  it('take what a hasty peer says while the authenticator thinks', async () => {
    let letIn = (_: boolean): void => undefined;
    const authenticate = () => new Promise<boolean>((resolve) => (letIn = resolve));
    const received: string[] = [];
    const end = new EngineEnd('pull', { security: { mechanism: 'null', authenticate } }, ([part]) =>
      received.push(Buffer.from(part!).toString()),
    );
    onTestFinished(() => end.close());
    const raw = await dial(await end.bind('tcp://127.0.0.1:*'));
    raw.write(Buffer.concat([greeting(), ready('PUSH'), frame(0, 'early'), frame(0, 'half').subarray(0, 4)]));
    await raw.bytes(64);
    const other = await dial(end.socket.endpoint); // what came later than all that has arrived
    await other.bytes(10);
    letIn(true);
    await end.log.first('connected');
    raw.write(frame(0, 'half').subarray(4));
    await heardAllAfterReady(raw);
    expect(received).toEqual(['early', 'half']);

    async function heardAllAfterReady(peer: RawPeer) {
      await peer.nextFrame();
      await heardAll(peer);
    }
  });

  it('of silent connections do not keep out who is just being authenticated, nor who comes then', async () => {
    let letIn = (_: boolean): void => undefined;
    const asked: string[] = [];
    const authenticate = ({ username }: { readonly username?: string }) => {
      asked.push(username!);
      return new Promise<boolean>((resolve) => (letIn = resolve));
    };
    const security = { mechanism: 'plain', authenticate } as const;
    const { end, endpoint } = await bound('pull', { security, limits: { maxHandshakes: 10 } });
    const flood: Socket[] = [];
    const more = async () => {
      for (let i = 0; i < 30; i += 1) flood.push((await dialSocket(endpoint)).resume());
    };
    for (const name of ['first', 'second']) {
      await more();
      const before = end.log.of('handshakeFailed').length;
      const friend = new EngineEnd('push', { security: { mechanism: 'plain', username: name, password: '' } });
      onTestFinished(() => friend.close());
      friend.socket.connect(endpoint);
      while (asked.at(-1) !== name) await new Promise((resolve) => setImmediate(resolve));
      await more();
      await end.log.nth('handshakeFailed', before + 30);
      letIn(true);
      await friend.log.first('connected');
      expect(friend.log.of('handshakeFailed')).toEqual([]);
    }
    for (const socket of flood) socket.destroy();
  });

  it('that were refused hold no more connections open than those that are not done', async () => {
    const { end, endpoint } = await bound('pull', { limits: { maxHandshakes: 20 } });
    const refused: Socket[] = [];
    let gone = 0;
    for (let i = 0; i < 100; i += 1) {
      const socket = await dialSocket(endpoint);
      socket.allowHalfOpen = true;
      socket.resume();
      socket.once('close', () => (gone += 1));
      socket.write(Buffer.concat([greeting(), command('ERROR', '\x03400')]));
      const drip = setInterval(() => socket.write('still here'), 5);
      socket.once('close', () => clearInterval(drip));
      refused.push(socket);
      await end.log.nth('handshakeFailed', i + 1);
    }
    await greeted(endpoint, 'PUSH');
    while (gone < 80) await new Promise((resolve) => setImmediate(resolve));
    await end.log.first('connected');
    expect(end.log.of('connected')).toHaveLength(1);
    for (const socket of refused) socket.destroy();
  });

  it('a thousand that say nothing cost little, and one more still finds a place', async () => {
    const target = await opened('router');
    const failed = target.log.of('handshakeFailed').length;
    const before = await memoryInUse();
    const silent: Socket[] = [];
    for (let i = 0; i < 1000; i += 1) silent.push((await dialSocket(target.endpoint)).resume());
    const cost = (await memoryInUse()) - before;
    expect(cost / 1000).toBeLessThan(16_384); // both ends of it

    await heardAll(await greeted(target.endpoint, 'DEALER'));
    expect(target.log.of('handshakeFailed')).toHaveLength(failed + 1);
    await target.goesOn();
    for (const socket of silent) socket.destroy();
    await target.log.nth('handshakeFailed', failed + 1000);
    await target.goesOn();
  });

  it('are refused once there are as many peers as may be, until one goes', async () => {
    const { end, endpoint } = await bound('pull', { limits: { maxPeers: 3 } });
    const peers: HostilePeer[] = [];
    for (let i = 0; i < 3; i += 1) peers.push(await greeted(endpoint, 'PUSH'));
    const fourth = await dial(endpoint);
    fourth.write(Buffer.concat([greeting(), ready('PUSH')]));
    await fourth.gone();
    expect((await end.log.first('handshakeFailed')).reason).toMatch(
      /as many peers as maxPeers lets in are there already: 3/,
    );
    peers[0]!.drop();
    await end.log.first('disconnected');
    await heardAll(await greeted(endpoint, 'PUSH'));
  });
});

describe('subscriptions', () => {
  it('more than a peer may have end its connection, and are forgotten with it', async () => {
    const target = await opened('pub', { limits: { maxSubscriptions: 10_000 } });
    const raw = await greeted(target.endpoint, 'SUB');
    raw.write(Buffer.concat(Array.from({ length: 20_000 }, (_, i) => command('SUBSCRIBE', `topic ${i}`))));
    await raw.gone();
    expect((await target.log.first('disconnected')).reason).toBe('more than 10000 subscriptions');
    await target.goesOn();
    const again = await greeted(target.endpoint, 'SUB');
    again.write(Buffer.concat(Array.from({ length: 10_000 }, (_, i) => command('SUBSCRIBE', `topic ${i}`))));
    await heardAll(again);
    await target.goesOn();
  });

  it('take no more memory than their peer may have', async () => {
    const target = await opened('pub', { limits: { maxSubscriptionBytes: 4 * MIB } });
    const before = await memoryInUse();
    const raw = await greeted(target.endpoint, 'SUB');
    raw.write(Buffer.concat(Array.from({ length: 15_000 }, (_, i) => command('SUBSCRIBE', `topic ${i}`))));
    await heardAll(raw);
    expect((await memoryInUse()) - before).toBeLessThan(5 * MIB);
    raw.write(Buffer.concat(Array.from({ length: 2000 }, (_, i) => command('SUBSCRIBE', `more ${i}`))));
    await raw.gone();
    expect((await target.log.first('disconnected')).reason).toBe('subscriptions that weigh more than 4194304 bytes');
    await target.goesOn();
  });

  it('in the form of ZMTP 3.0 count as well', async () => {
    const target = await opened('pub', { limits: { maxSubscriptions: 10_000 } });
    const raw = await dial(target.endpoint);
    await raw.greet('SUB', { minor: 0 });
    raw.write(Buffer.concat(Array.from({ length: 20_000 }, (_, i) => frame(0, `\x01topic ${i}`))));
    await raw.gone();
    expect((await target.log.first('disconnected')).reason).toBe('more than 10000 subscriptions');
    await target.goesOn();
  });

  it('to a topic that is too long end the connection', async () => {
    const target = await opened('pub');
    const raw = await greeted(target.endpoint, 'SUB');
    raw.command('SUBSCRIBE', 'x'.repeat(1024));
    await heardAll(raw);
    raw.command('SUBSCRIBE', 'x'.repeat(10_240));
    await raw.gone();
    expect((await target.log.first('disconnected')).reason).toMatch(/a topic of 10240 bytes, 1024 are allowed/);
    await target.goesOn();
  });

  it('that come and go without end leave nothing, and nobody waits for them', async () => {
    const target = await opened('pub');
    const before = await memoryInUse();
    const raw = await greeted(target.endpoint, 'SUB');
    for (let round = 0; round < 10; round += 1) {
      const changes = Array.from({ length: 10_000 }, (_, i) => {
        const topic = `${round} ${i}`;
        return Buffer.concat([command('SUBSCRIBE', topic), command('CANCEL', topic), command('CANCEL', topic)]);
      });
      raw.write(Buffer.concat(changes));
      await heardAll(raw);
      await target.goesOn(1);
      target.log.all.length = 0; // it is told of each first subscription and last end
    }
    expect((await memoryInUse()) - before).toBeLessThan(4 * MIB);
  });

  it('of an xpub that nobody reads wait as no more than they come to', async () => {
    const { end, endpoint } = await bound('xpub');
    const before = await memoryInUse();
    const raw = await greeted(endpoint, 'SUB');
    for (let round = 0; round < 10; round += 1) {
      const changes = Array.from({ length: 10_000 }, (_, i) => {
        return Buffer.concat([command('SUBSCRIBE', `${round} ${i}`), command('CANCEL', `${round} ${i}`)]);
      });
      raw.write(Buffer.concat(changes));
      await heardAll(raw);
      end.log.all.length = 0;
    }
    expect((await memoryInUse()) - before).toBeLessThan(8 * MIB);
  });

  it('to groups have the same limits', async () => {
    const { end, endpoint } = await bound('radio', { limits: { maxSubscriptions: 10_000 } });
    const storm = await greeted(endpoint, 'DISH');
    storm.write(repeated(Buffer.concat([command('JOIN', 'a'), command('LEAVE', 'a'), command('LEAVE', 'a')]), 30_000));
    await heardAll(storm);
    const greedy = await greeted(endpoint, 'DISH');
    greedy.write(Buffer.concat(Array.from({ length: 20_000 }, (_, i) => command('JOIN', `group ${i}`))));
    await greedy.gone();
    expect((await end.log.first('disconnected')).reason).toMatch(/more than 10000/);
    storm.command('JOIN', 'news');
    await heardAll(storm);
    await end.send('news', 'still here');
    expect([await storm.nextPart(), await storm.nextPart()]).toEqual(['news', 'still here']);
  });
});

describe('a peer that never reads', () => {
  it.each([
    ['pub', 'SUB', 'the queue of a peer was full'],
    ['router', 'DEALER', 'the queue of the peer is full'],
  ] as const)('costs a %s no more than the mark, and the others nothing', async (type, peerType, full) => {
    const target = await opened(type);
    const before = await memoryInUse();
    const raw = await greeted(target.endpoint, peerType);
    if (type === 'pub') raw.command('SUBSCRIBE');
    await heardAll(raw);
    raw.pause();
    const body = new Uint8Array(10_000);
    if (type === 'pub') {
      for (let i = 0; i < 3000; i += 1) {
        await target.end.send('flood', body);
        if (i % 100 === 0) await target.goesOn(1);
      }
    } else {
      raw.write(repeated(frame(0, body), 3000)); // each is sent back
    }
    const { reason, count } = await target.log.first('dropped');
    expect(reason).toBe(full);
    expect(count).toBeGreaterThan(0);
    await target.goesOn();
    expect((await memoryInUse()) - before).toBeLessThan(40 * MIB);
    raw.drop();
    await target.log.first('disconnected');
    await target.goesOn();
  });

  it('gets no more than one reply of a rep that it never reads, at a time', async () => {
    const target = await opened('rep');
    const raw = await greeted(target.endpoint, 'REQ');
    raw.pause();
    const request = Buffer.concat([frame(1, ''), frame(0, new Uint8Array(100_000))]);
    for (let i = 0; i < 200; i += 1) {
      raw.write(request);
      if (i % 10 === 0) await target.goesOn(1);
    }
    await target.goesOn();
    raw.drop();
    await target.log.first('disconnected');
    await target.goesOn();
  });
});
