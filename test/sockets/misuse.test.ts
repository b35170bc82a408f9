import { EMPTY, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { openSocket } from '../../src/sockets/openSocket.js';
import type { SocketType } from '../../src/sockets/SocketTypes.js';
import { thrownBy } from '../frame/arbitraries.js';
import { open } from './open.js';

/** What each type can do, of what not all can: m(essages), s(end and sink), t(opics), g(roups), c(onnect). */
const abilities: Readonly<Record<SocketType, string>> = {
  pair: 'msc',
  pub: 'sc',
  sub: 'mtc',
  xpub: 'msc',
  xsub: 'mstc',
  push: 'sc',
  pull: 'mc',
  req: 'msc',
  rep: 'msc',
  dealer: 'msc',
  router: 'msc',
  stream: 'msc',
  server: 'msc',
  client: 'msc',
  radio: 'sc',
  dish: 'mgc',
  scatter: 'sc',
  gather: 'mc',
  dgram: 'ms',
  peer: 'msc',
  channel: 'msc',
};
const types = Object.keys(abilities) as SocketType[];

/** A handle as plain JavaScript sees it. */
function plain(type: SocketType, options?: object): any {
  return open(type, options as never);
}

/** What is thrown, or what the promise that is given rejects with. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

const calls: readonly [ability: string, name: string, call: (socket: any) => unknown][] = [
  ['m', 'messages', (socket) => socket.messages],
  ['s', 'send', (socket) => socket.send('x')],
  ['s', 'sink', (socket) => socket.sink()],
  ['t', 'subscribe', (socket) => socket.subscribe('x')],
  ['t', 'unsubscribe', (socket) => socket.unsubscribe('x')],
  ['g', 'join', (socket) => socket.join('x')],
  ['g', 'leave', (socket) => socket.leave('x')],
  ['c', 'connect', (socket) => socket.connect('tcp://127.0.0.1:1')],
  ['c', 'disconnect', (socket) => socket.disconnect('tcp://127.0.0.1:1')],
];

describe.each(types)('%s', (type) => {
  it.each(calls.filter(([ability]) => !abilities[type].includes(ability)))('has no %s: %s', async (_, name, call) => {
    const error = await failureOf(() => call(plain(type)));
    expect(error).toMatchObject({ name: 'UnsupportedError', code: 'ERR_UNSUPPORTED' });
    expect((error as Error).message).toContain(`openSocket('${type}')`);
    if (name === 'send') expect(thrownOrNot(() => call(plain(type)))).toBe('a promise');
  });

  it('takes no options it does not know', () => {
    expect(thrownBy(() => plain(type, { colour: 'red' }))).toMatchObject({ code: 'ERR_OPTION', option: 'colour' });
    expect(thrownBy(() => plain(type, null as never))).toMatchObject({ code: 'ERR_OPTION', option: 'options' });
  });

  it('refuses endpoints that are none', () => {
    const socket = plain(type);
    expect(thrownBy(() => socket.bind('127.0.0.1:1'))).toMatchObject({ code: 'ERR_ENDPOINT' });
    expect(thrownBy(() => socket.bind([]))).toMatchObject({ code: 'ERR_ENDPOINT' });
    expect(thrownBy(() => socket.bind(7))).toMatchObject({ code: 'ERR_ENDPOINT' });
    expect(thrownBy(() => socket.unbind('tcp://127.0.0.1:1'))).toMatchObject({
      code: 'ERR_ENDPOINT',
      message: expect.stringContaining('is not bound; nothing is'),
    });
  });

  it('refuses what is no message, and goes on', async () => {
    if (!abilities[type].includes('s')) return;
    const socket = plain(type);
    for (const message of [undefined, null, 7, {}, [], [7], new Float32Array(2), new DataView(new ArrayBuffer(2))]) {
      expect(await failureOf(() => socket.send(message))).toMatchObject({ code: 'ERR_OPTION', option: 'message' });
      const error = new Promise((resolve) => of(message).pipe(socket.sink()).subscribe({ error: resolve }));
      expect(await error).toMatchObject({ code: 'ERR_OPTION', option: 'message' });
    }
    expect(await failureOf(() => socket.send('x', { signal: 7 }))).toMatchObject({ option: 'signal' });
    expect(await failureOf(() => socket.send('x', { signl: undefined }))).toMatchObject({ option: 'signl' });
    expect(thrownBy(() => socket.sink({ maxBuffered: -1 }))).toMatchObject({ option: 'maxBuffered' });
  });

  it('says that it is closed', async () => {
    const socket = plain(type);
    await socket.close();
    for (const [ability, , call] of calls) {
      if (ability === 'm' || ability === 's' || !abilities[type].includes(ability)) continue;
      expect(await failureOf(() => call(socket))).toMatchObject({ code: 'ERR_SOCKET' });
    }
    expect(
      await failureOf(() => socket.bind(type === 'dgram' ? 'udp://127.0.0.1:1' : 'tcp://127.0.0.1:*')),
    ).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'bind',
    });
    expect(await failureOf(() => socket.opened)).toMatchObject({ code: 'ERR_SOCKET', operation: 'open' });
    if (abilities[type].includes('m')) {
      const completed = new Promise<void>((resolve) => socket.messages.subscribe({ complete: resolve }));
      await completed;
    }
    if (!abilities[type].includes('s')) return;
    expect(await failureOf(() => socket.send(good[type] ?? 'x'))).toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'send',
    });
    const error = new Promise((resolve) => EMPTY.pipe(socket.sink()).subscribe({ error: resolve }));
    expect(await error).toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
  });
});

const good: Readonly<Partial<Record<SocketType, unknown>>> = {
  router: ['id', 'x'],
  stream: ['id', 'x'],
  server: { routingId: 1, data: 'x' },
  peer: { routingId: 1, data: 'x' },
  radio: { group: 'g', data: 'x' },
  dgram: { address: '127.0.0.1:1', data: 'x' },
};

function thrownOrNot(call: () => unknown): string {
  const result = call() as Promise<unknown>;
  return typeof result.then === 'function' ? 'a promise' : 'something else';
}

describe('messages of one part', () => {
  it.each(['client', 'scatter', 'channel'] as const)('%s refuses several before sending', async (type) => {
    const error = await failureOf(() => plain(type).send(['a', 'b']));
    expect(error).toMatchObject({
      code: 'ERR_OPTION',
      message: `openSocket('${type}'): a message must be one part, a string or Uint8Array, got an array of 2`,
    });
  });

  it.each([
    ['server', { routingId: 1, data: ['a', 'b'] }, 'must have data that is one part'],
    ['server', { routingId: 0, data: 'a' }, 'must have a routingId that is an integer from 1 to 4294967295, got 0'],
    ['peer', { routingId: 2 ** 32, data: 'a' }, 'must have a routingId'],
    ['peer', { data: 'a' }, 'must have a routingId'],
    ['radio', { group: 'x'.repeat(256), data: 'a' }, 'a group that is a string of at most 255 bytes'],
    ['radio', { group: 'a\0b', data: 'a' }, 'without NUL'],
    ['radio', { group: 'g', data: ['a'] }, 'must have data that is one part'],
    ['dgram', { address: 'nowhere', data: 'a' }, "an address such as '127.0.0.1:5555'"],
    ['stream', ['id', 'a', 'b'], "an array of the peer's routing id and data, got an array of 3"],
    ['router', 'text', "an array of the peer's routing id and the parts for it, got 'text'"],
  ] as const)('%s refuses %o', async (type, message, text) => {
    const error = await failureOf(() => plain(type).send(message));
    expect(error).toMatchObject({ code: 'ERR_OPTION' });
    expect((error as Error).message).toContain(text);
  });

  it('memory that other threads share is refused', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    expect(await failureOf(() => plain('pair').send(shared))).toMatchObject({ code: 'ERR_OPTION' });
  });
});

describe('openSocket', () => {
  it('knows its types', () => {
    expect(thrownBy(() => openSocket('ruoter' as never))).toMatchObject({
      code: 'ERR_OPTION',
      option: 'type',
      message: expect.stringContaining("did you mean 'router'?"),
    });
    for (const type of [undefined, null, 7, 'constructor', 'toString']) {
      expect(thrownBy(() => openSocket(type as never))).toMatchObject({ code: 'ERR_OPTION', option: 'type' });
    }
  });

  it('subscribes by hand on an xpub that was opened for that, and with topics that are texts or bytes', () => {
    expect(plain('xpub', { manual: true }).subscribe('x')).toBeInstanceOf(Object);
    expect(plain('xpub', { manualLastValue: true }).unsubscribe('x')).toBeInstanceOf(Object);
    for (const topic of [undefined, 7, ['a']]) {
      expect(thrownBy(() => plain('sub').subscribe(topic))).toMatchObject({ code: 'ERR_OPTION', option: 'topic' });
    }
  });

  it('joins a group once, and leaves one that it has joined', () => {
    const dish = plain('dish').join('a', 'b');
    expect(thrownBy(() => dish.join('a'))).toMatchObject({ code: 'ERR_OPTION', option: 'group' });
    dish.leave('a').join('a');
    // all groups of a call, or none
    for (const wrong of ['a', 'c', 'x'.repeat(256)]) {
      expect(thrownBy(() => dish.join('c', wrong))).toMatchObject({ code: 'ERR_OPTION', option: 'group' });
    }
    expect(thrownBy(() => dish.leave('b', 'c'))).toMatchObject({ code: 'ERR_OPTION', option: 'group' });
    dish.join('c').leave('b', 'c').join('b');
    expect(thrownBy(() => dish.leave('c'))).toMatchObject({ code: 'ERR_OPTION', option: 'group' });
    for (const group of ['x'.repeat(256), 'a\0', 7, undefined]) {
      expect(thrownBy(() => dish.join(group))).toMatchObject({ code: 'ERR_OPTION', option: 'group' });
    }
  });

  it('names peers only where its type does', () => {
    const url = 'tcp://127.0.0.1:1';
    expect(thrownBy(() => plain('dealer').connect(url, { routingId: 'x' }))).toMatchObject({ code: 'ERR_UNSUPPORTED' });
    expect(thrownBy(() => plain('router').connect(url, { routingId: '' }))).toMatchObject({ option: 'routingId' });
    expect(thrownBy(() => plain('router').connect(url, { routingId: '\0x' }))).toMatchObject({ option: 'routingId' });
    expect(thrownBy(() => plain('peer').connect(url, { routingId: 'x' }))).toMatchObject({ option: 'routingId' });
    expect(thrownBy(() => plain('router').connect(url, { routing: 'x' }))).toMatchObject({ option: 'routing' });
  });

  it('gives nothing that is unhandled', async () => {
    const unhandled: unknown[] = [];
    const hear = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', hear);
    const taken = open('pull').bind('tcp://127.0.0.1:*');
    const [endpoint] = await taken.opened;
    const socket = plain('push').bind(endpoint!);
    void socket.send('x');
    void socket.send(7);
    void plain('pull').send('x');
    void socket.opened;
    void socket.close({ lingerMs: -1 });
    await expect(socket.opened).rejects.toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    expect(unhandled).toEqual([]);
  });
});
