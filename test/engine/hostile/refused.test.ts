import { queryObjects } from 'node:v8';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Parts } from '../../../src/basics/Parts.js';
import { Connection } from '../../../src/engine/connections/Connection.js';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import { command, frame, greeting, longHeader, ready } from './support/bytes.js';
import { dial, greeted, type HostilePeer } from './support/dial.js';
import { EngineEnd, type EndSettings } from './support/EngineEnd.js';
import { memoryInUse } from './support/memory.js';

const LIMITS: EndSettings = {
  maxMessageBytes: 2 ** 20,
  limits: { maxParts: 4, maxTopicBytes: 100, maxSubscriptions: 2 },
};

/** A message of these parts. */
const message = (...parts: readonly string[]): Buffer =>
  Buffer.concat(parts.map((part, i) => frame(i < parts.length - 1 ? 1 : 0, part)));
const many = (name: string): Buffer => Buffer.concat(['a', 'b', 'c'].map((topic) => command(name, topic)));
const manyOld = Buffer.concat(['a', 'b', 'c'].map((topic) => frame(0, `\x01${topic}`)));

/** What every type takes badly. */
const offences: Readonly<Record<string, Buffer>> = {
  'a message too long': longHeader(0, 2n ** 21n),
  'a frame of 2^63 bytes': longHeader(0, 2n ** 63n),
  'too many parts': message('1', '2', '3', '4', '5'),
  'a command too long': longHeader(4, 2n ** 20n),
};

/** Of each type that receives: who talks to it, and how a message of its is made. */
const receivers: Partial<Record<PatternType, readonly [peer: string, parts: (body: string) => readonly string[]]>> = {
  pull: ['PUSH', (body) => [body]],
  dealer: ['ROUTER', (body) => [body]],
  router: ['DEALER', (body) => [body]],
  rep: ['REQ', (body) => ['', body]],
  pair: ['PAIR', (body) => [body]],
  sub: ['PUB', (body) => [body]],
  xsub: ['PUB', (body) => [body]],
  xpub: ['SUB', (body) => [body]],
  server: ['CLIENT', (body) => [body]],
  client: ['SERVER', (body) => [body]],
  gather: ['SCATTER', (body) => [body]],
  channel: ['CHANNEL', (body) => [body]],
  peer: ['PEER', (body) => [body]],
  dish: ['RADIO', (body) => ['group', body]],
};

/** What some types take badly besides. */
const special: readonly [type: PatternType, offence: string, bytes: Buffer][] = [
  ['dish', 'a message of one part', message('one')],
  ['dish', 'a message of three parts', message('group', 'two', 'three')],
  ['dish', 'a group too long', message('g'.repeat(256), 'body')],
  ['xpub', 'too many subscriptions', many('SUBSCRIBE')],
  ['xpub', 'too many subscriptions of ZMTP 3.0', manyOld],
  ['xpub', 'too many subscriptions in one message', message('\x01a', '\x01b', '\x01c')],
  ['xpub', 'a topic too long', command('SUBSCRIBE', 't'.repeat(101))],
  ['xpub', 'a topic of ZMTP 3.0 too long', frame(0, `\x01${'t'.repeat(101)}`)],
];

/** A dish looks at messages when it is asked for one. */
const seenWhenRead = special.filter(([type]) => type === 'dish').map(([, , bytes]) => bytes);

const cases = [
  ...Object.keys(receivers).flatMap((type) =>
    Object.entries(offences).map(([name, bytes]) => [type as PatternType, name, bytes] as const),
  ),
  ...special,
];

/** A bound socket and what it receives, without what is not the peers' own: ids and subscriptions. */
async function opened(type: PatternType, settings: EndSettings = LIMITS) {
  const bodies: string[] = [];
  const received = (parts: Parts): void => {
    const body = Buffer.from(parts.at(-1)!).toString('latin1');
    if (!body.startsWith('\0') && !body.startsWith('\x01')) bodies.push(body);
    if (type === 'rep') end.socket.write([new Uint8Array(1)]);
  };
  const end: EngineEnd = new EngineEnd(type, settings, type === 'pub' || type === 'radio' ? undefined : received);
  onTestFinished(() => end.close());
  if (type === 'sub') end.socket.subscribe(new Uint8Array());
  if (type === 'dish') end.socket.join(Buffer.from('group'));
  return { end, bodies, endpoint: await end.bind('tcp://127.0.0.1:*') };
}

/** Comes back when the socket has done all that was asked of it before: somebody new has come, and is heard. */
async function visit(endpoint: string, peerType: string): Promise<HostilePeer> {
  const raw = await greeted(endpoint, peerType);
  raw.command('PING', '\0\0heard');
  while ((await raw.nextFrame()).body !== '\x04PONGheard');
  return raw;
}

describe.each(cases)('a peer of a %s that sends %s', (type, _, offence) => {
  const [peerType, parts] = receivers[type]!;
  const tail = Buffer.concat([
    offence,
    message(...parts('late')),
    command('SUBSCRIBE', 'x'),
    message(...parts('later')),
    command('JOIN', 'x'),
    message(...parts('latest')),
  ]);

  it.each(['as it comes', 'later'])('is heard up to there, and no further (read %s)', async (when) => {
    const { end, bodies, endpoint } = await opened(type);
    if (when === 'later') end.stopReading();
    const raw = await greeted(endpoint, peerType);
    raw.write(Buffer.concat([message(...parts('good')), tail]));
    if (when === 'later') {
      if (seenWhenRead.includes(offence)) await visit(endpoint, peerType);
      else await end.log.first('disconnected');
      end.readAgain();
    }
    await end.log.first('disconnected');
    const honest = await visit(endpoint, peerType);
    honest.write(message(...parts('honest')));
    while (!bodies.includes('honest')) await turn();
    expect(bodies).toEqual(['good', 'honest']);
  });
});

describe('a peer that is refused in its handshake is not heard', () => {
  const hello = (type: string): Buffer => Buffer.concat([greeting(), ready(type)]);
  const says = message('early');

  it.each<[string, PatternType, Buffer, EndSettings]>([
    ['for its type', 'pull', Buffer.concat([hello('SUB'), says]), {}],
    ['for its ERROR', 'pull', Buffer.concat([greeting(), command('ERROR', '\x03400'), says]), {}],
    [
      'by authenticate',
      'pull',
      Buffer.concat([hello('PUSH'), says]),
      { security: { mechanism: 'null', authenticate: () => false } },
    ],
    ['by its address', 'pull', Buffer.concat([hello('PUSH'), says]), { admits: () => false }],
  ])('%s', async (_, type, bytes, settings) => {
    const { end, bodies, endpoint } = await opened(type, settings);
    const raw = await dial(endpoint);
    raw.write(bytes);
    await raw.gone();
    await end.log.first('handshakeFailed');
    await turn();
    expect(bodies).toEqual([]);
  });

  it.each<[PatternType, string, EndSettings]>([
    ['pull', 'PUSH', { limits: { maxPeers: 1 } }],
    ['pair', 'PAIR', {}],
    ['channel', 'CHANNEL', {}],
  ])('as one peer too many of a %s', async (type, peerType, settings) => {
    const { end, bodies, endpoint } = await opened(type, settings);
    const first = await visit(endpoint, peerType);
    const second = await dial(endpoint);
    second.write(Buffer.concat([hello(peerType), says]));
    await second.gone();
    await end.log.first('handshakeFailed');
    first.write(message('honest'));
    while (bodies.length === 0) await turn();
    expect(bodies).toEqual(['honest']);
  });
});

describe('what only sends', () => {
  it.each<[PatternType, string, string, Buffer]>([
    ['pub', 'SUB', 'too many subscriptions', many('SUBSCRIBE')],
    ['pub', 'SUB', 'too many subscriptions of ZMTP 3.0', manyOld],
    ['pub', 'SUB', 'a topic too long', command('SUBSCRIBE', 't'.repeat(101))],
    ['radio', 'DISH', 'too many groups', many('JOIN')],
    ['radio', 'DISH', 'a group too long', command('JOIN', 'g'.repeat(101))],
  ])(
    '(a %s) forgets a %s that asks for %s, and hears nothing that comes behind',
    async (type, peerType, _, offence) => {
      const { end, endpoint } = await opened(type);
      const raw = await greeted(endpoint, peerType);
      const name = type === 'pub' ? 'SUBSCRIBE' : 'JOIN';
      raw.write(Buffer.concat([command(name, 'good'), offence, command(name, 'late'), frame(0, '\x01late')]));
      await end.log.first('disconnected');
      await visit(endpoint, peerType);
      expect(end.log.of('subscribed').at(-1)?.count).toBe(0);
    },
  );
});

it('a req whose reply has no delimiter takes none that comes behind it', async () => {
  const { end, bodies, endpoint } = await opened('req');
  const raw = await greeted(endpoint, 'REP');
  await end.send('question');
  raw.write(Buffer.concat([message('no delimiter'), message('', 'late')]));
  await end.log.first('disconnected');
  await visit(endpoint, 'REP');
  expect(bodies).toEqual([]);
});

it.each([
  ['dish', message('one'), message('group', 'late')],
  ['dish', Buffer.concat([message('one'), command('SUBSCRIBE', 'x')]), message('group', 'late')],
  ['xpub', many('SUBSCRIBE'), message('late')],
  ['xpub', manyOld, message('late')],
  ['pull', longHeader(0, 2n ** 21n), message('late')],
] as const)('a %s keeps nothing of peers that were refused', async (type, offence, late) => {
  const { end, endpoint } = await opened(type);
  const [peerType] = receivers[type]!;
  const round = async (count: number): Promise<void> => {
    const before = end.log.of('disconnected').length;
    for (let i = 0; i < count; i += 1) (await greeted(endpoint, peerType)).write(Buffer.concat([offence, late]));
    await end.log.nth('disconnected', before + count);
    await visit(endpoint, peerType).then((raw) => raw.drop());
    await end.log.nth('disconnected', before + count + 1);
    await memoryInUse(); // collects the garbage
  };
  await round(5); // of the last ones something may be held
  const before = queryObjects(Connection, { format: 'count' });
  await round(50);
  expect(queryObjects(Connection, { format: 'count' }) - before).toBeLessThan(5);
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
