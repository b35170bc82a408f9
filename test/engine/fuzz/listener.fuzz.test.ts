import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import { Random } from '../../helpers/Random.js';
import { command, frame, greeting, longHeader, ready } from '../hostile/support/bytes.js';
import { addressOf, drop, gone } from '../hostile/support/dial.js';
import { EngineEnd, type EndSettings } from '../hostile/support/EngineEnd.js';
import { HurriedClock } from '../hostile/support/HurriedClock.js';
import { memoryInUse } from '../hostile/support/memory.js';
import { multiplier, runs } from './streams.js';

const MIB = 2 ** 20;
const HANDSHAKE_MS = 30_000;
const AT_ONCE = 10;
const seed = process.env['RXZMQ_FUZZ_SEED'];

/** Everything that a peer has ever said in a recording. */
const folder = new URL('../../fixtures/zmtp/', import.meta.url);
const recorded = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => ['client', 'server'].map((side) => readFileSync(new URL(`${name}/${side}.bin`, folder))));

/** Who talks to whom, and which of the two can speak first. */
const listeners: readonly (readonly [PatternType, PatternType, 'listener speaks' | 'peer speaks'])[] = [
  ['pull', 'push', 'peer speaks'],
  ['push', 'pull', 'listener speaks'],
  ['router', 'dealer', 'peer speaks'],
  ['dealer', 'router', 'listener speaks'],
  ['rep', 'req', 'peer speaks'],
  ['req', 'rep', 'listener speaks'],
  ['pub', 'sub', 'listener speaks'],
  ['xpub', 'xsub', 'listener speaks'],
  ['sub', 'pub', 'peer speaks'],
  ['xsub', 'xpub', 'peer speaks'],
  ['pair', 'pair', 'peer speaks'],
  ['stream', 'stream', 'peer speaks'],
  ['server', 'client', 'peer speaks'],
  ['client', 'server', 'listener speaks'],
  ['radio', 'dish', 'listener speaks'],
  ['dish', 'radio', 'peer speaks'],
  ['gather', 'scatter', 'peer speaks'],
  ['scatter', 'gather', 'listener speaks'],
  ['peer', 'peer', 'peer speaks'],
  ['channel', 'channel', 'peer speaks'],
];

const uncaught: unknown[] = [];
process.on('uncaughtException', (error) => uncaught.push(error));
afterAll(() => expect(uncaught).toEqual([]));

describe.each(listeners)('a live %s, that a %s knows', (type, friend, who) => {
  it('survives what anybody says, and then does its work', { timeout: 240_000 * Math.max(1, multiplier) }, async () => {
    const random = new Random(seed === undefined ? undefined : Number(seed));
    try {
      await survives(type, friend, who, random);
    } catch (error) {
      throw new Error(`with RXZMQ_FUZZ_SEED=${random.seed}: ${String(error)}`, { cause: error });
    }
  });
});

describe.each(listeners)('a %s that connects, and a %s', (type, friend, who) => {
  it(
    'survives what any server says, and then does its work',
    { timeout: 240_000 * Math.max(1, multiplier) },
    async () => {
      const random = new Random(seed === undefined ? undefined : Number(seed));
      try {
        await survivesServers(type, friend, who, random);
      } catch (error) {
        throw new Error(`with RXZMQ_FUZZ_SEED=${random.seed}: ${String(error)}`, { cause: error });
      }
    },
  );
});

async function survives(type: PatternType, friend: PatternType, who: string, random: Random): Promise<void> {
  const clock = new HurriedClock();
  const heard: string[] = [];
  const end = opened(type, { clock, maxMessageBytes: MIB }, heard);
  try {
    const endpoint = await end.bind('tcp://127.0.0.1:*');
    const before = await memoryInUse();

    const visitors = Array.from({ length: AT_ONCE }, async () => {
      for (let i = 0; i < runs(12); i += 1) await visit(endpoint, type, friend, random);
    });
    await Promise.all(visitors);
    while (clock.running(HANDSHAKE_MS) > 0) await new Promise((resolve) => setImmediate(resolve));
    end.log.all.length = 0;
    heard.length = 0;
    expect((await memoryInUse()) - before).toBeLessThan(30 * MIB);

    const meet = async (other: EngineEnd): Promise<void> => {
      other.socket.connect(endpoint, namesPeers.includes(friend) ? { routingId: bytesOf(PEER_ID) } : {});
      await end.log.first('connected');
    };
    await exchange(end, meet, type, friend, who, heard);
    expect(end.failures).toEqual([]);
  } finally {
    await end.close();
  }
}

async function survivesServers(type: PatternType, friend: PatternType, who: string, random: Random): Promise<void> {
  const heard: string[] = [];
  const settings = {
    maxMessageBytes: MIB,
    reconnect: { initialMs: 1, maxMs: 1 },
    limits: { handshakeTimeoutMs: 2000 },
  };
  const end = opened(type, settings, heard);
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let served = 0;
    const enough = new Promise<void>((resolve) => {
      server.on('connection', (socket) => {
        socket.on('error', () => undefined);
        void speak(socket, type, friend, random).then(() => (served += 1) >= runs(40) && resolve());
      });
    });
    end.socket.connect(endpoint, namesPeers.includes(type) ? { routingId: bytesOf(PEER_ID) } : {});
    await enough;
    server.close();
    await once(server, 'close');
    heard.length = 0;
    // who binds cannot name who comes
    const speaks = namesPeers.includes(friend) ? 'listener speaks' : who;
    await exchange(end, async (other) => void (await other.bind(endpoint)), type, friend, speaks, heard);
    expect(end.failures).toEqual([]);
  } finally {
    await end.close();
  }
}

/** Comes, says something and goes, one way or the other. */
async function visit(endpoint: string, type: PatternType, friend: PatternType, random: Random): Promise<void> {
  const socket = connect(addressOf(endpoint));
  socket.on('error', () => undefined); // 'close' follows
  if (random.oneIn(4)) socket.pause();
  else socket.resume();
  const end = gone(socket);
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), end]);
  await speak(socket, type, friend, random);
  await end;
}

/** Says something, in pieces, and ends the connection. */
async function speak(socket: Socket, type: PatternType, friend: PatternType, random: Random): Promise<void> {
  const said = mutated(speech(type, friend, random), random);
  for (let at = 0; at < said.length && !socket.destroyed;) {
    const length = random.oneIn(3) ? 1 + random.below(8) : 1 + random.below(said.length);
    socket.write(said.subarray(at, (at += length)));
    if (random.oneIn(2)) await new Promise((resolve) => setImmediate(resolve));
  }
  leave(socket, random);
}

function leave(socket: Socket, random: Random): void {
  socket.resume();
  if (random.oneIn(3)) socket.destroy();
  else if (random.oneIn(2)) drop(socket);
  else socket.end();
}

/** What a peer may say: mere noise, a recording, or a handshake that is right and then frames of all kinds. */
function speech(type: PatternType, friend: PatternType, random: Random): Buffer {
  const kind = random.below(8);
  if (kind === 0) return random.bytes(random.below(500));
  if (kind < 3) return random.pick(recorded);
  const frames = Array.from({ length: random.below(40) }, () => anyFrame(random));
  const start = type === 'stream' && random.oneIn(2) ? [] : [greeting(), ready(friend.toUpperCase())];
  return Buffer.concat([...start, ...frames]);
}

const commands = ['SUBSCRIBE', 'CANCEL', 'JOIN', 'LEAVE', 'PING', 'PONG', 'ERROR', 'READY', 'NONSENSE', ''];

function anyFrame(random: Random): Buffer {
  const body = random.bytes(random.oneIn(6) ? random.below(2000) : random.below(12));
  switch (random.below(8)) {
    case 0:
    case 1:
      return command(random.pick(commands), body);
    case 2:
      return frame(1, '');
    case 3:
      return frame(0, Buffer.concat([Buffer.of(random.below(2)), body]));
    case 4:
      return random.oneIn(10)
        ? longHeader(random.below(2), BigInt(random.below(2 ** 31)))
        : frame(random.below(8) & ~2, body);
    default:
      return frame(random.below(2), body);
  }
}

/** With none, or some, of the faults that can happen to bytes. */
function mutated(bytes: Buffer, random: Random): Buffer {
  let said = Buffer.from(bytes);
  for (let faults = random.below(4); faults > 0 && said.length > 0; faults -= 1) {
    const at = random.below(said.length);
    const to = Math.min(said.length, at + random.below(40));
    switch (random.below(5)) {
      case 0:
        said[at]! ^= 1 << random.below(8);
        break;
      case 1:
        said = said.subarray(0, at);
        break;
      case 2:
        said = Buffer.concat([said.subarray(0, at), said.subarray(to)]);
        break;
      case 3:
        said = Buffer.concat([said.subarray(0, to), said.subarray(at)]);
        break;
      default:
        said = Buffer.concat([said.subarray(0, at), random.bytes(20), said.subarray(at)]);
    }
  }
  return said;
}

/** A peer of the right type is there, and one message goes all the way. */
async function exchange(
  end: EngineEnd,
  meet: (other: EngineEnd) => Promise<void>,
  type: PatternType,
  friend: PatternType,
  who: string,
  heard: readonly string[],
): Promise<void> {
  const got: string[] = [];
  const other = opened(friend, {}, got);
  try {
    await meet(other);
    await other.log.first('connected');
    const [speaker, speaks, listener] = who === 'peer speaks' ? [other, friend, heard] : [end, type, got];
    const message = saying(speaks);
    await speaker.send(...message);
    for (let tries = 0; !listener.some((text) => text.includes('honest message')); tries += 1) {
      if (tries > 5000) throw new Error('the honest peer was not heard');
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (['pub', 'xpub', 'radio'].includes(speaks)) await speaker.send(...message); // until the subscription is there
    }
  } finally {
    await other.close();
  }
}

const onlySends: readonly PatternType[] = ['push', 'pub', 'radio', 'scatter'];
const namesPeers: readonly PatternType[] = ['router', 'stream', 'peer'];
const PEER_ID = 'peer';

/** A socket that wants everything, and keeps what it hears. */
function opened(type: PatternType, settings: EndSettings, heard: string[]): EngineEnd {
  const hear = (parts: readonly Uint8Array[]): void => {
    heard.push(parts.map((part) => Buffer.from(part).toString('latin1')).join('|'));
    if (type === 'rep') void end.send('reply');
  };
  const end = new EngineEnd(type, settings, onlySends.includes(type) ? undefined : hear);
  if (type === 'sub') end.socket.subscribe(new Uint8Array());
  if (type === 'xsub') void end.send('\x01');
  if (type === 'dish') end.socket.join(bytesOf('group'));
  return end;
}

function saying(type: PatternType): readonly string[] {
  if (namesPeers.includes(type)) return [PEER_ID, 'honest message'];
  return type === 'radio' ? ['group', 'honest message'] : ['honest message'];
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}
