import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSocket } from '../../src/sockets/openSocket.js';
import { thrownBy } from '../frame/arbitraries.js';
import { collect } from '../helpers/collect.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { Statuses } from '../helpers/Statuses.js';
import { anyPort, bound, drivers, next, open, textOf, texts } from './open.js';

const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(drivers)('endpoints on %s', (driver) => {
  it('a socket binds and connects at the same time', async () => {
    const left = open('dealer', { driver });
    const right = open('dealer', { driver });
    const middle = open('dealer', { driver }).connect(await bound(left));
    right.connect(await bound(middle));
    await left.send('from the left');
    expect(texts(await next(middle))).toEqual(['from the left']);
    await right.send('from the right');
    expect(texts(await next(middle))).toEqual(['from the right']);
    await middle.send('one');
    await middle.send('two');
    expect([...texts(await next(left)), ...texts(await next(right))].sort()).toEqual(['one', 'two']);
  });

  it.each([
    ['tcp', anyPort],
    ['ipc', `ipc://${folder}/unbind-${driver}`],
  ])('unbind frees a %s endpoint, by its real name or the one that was asked for', async (_, asked) => {
    const statuses = new Statuses();
    const pull = open('pull', { driver, status: statuses });
    for (const byReal of [true, false]) {
      const real = await bound(pull, asked);
      const other = open('push', { driver }).connect(real);
      await other.send('x');
      expect(texts(await next(pull))).toEqual(['x']);
      pull.unbind(byReal ? real : asked);
      expect(await pull.opened).toEqual([]);
      expect(thrownBy(() => pull.unbind(real))).toMatchObject({ code: 'ERR_ENDPOINT', endpoint: real });
      const heir = open('pull', { driver });
      expect(await bound(heir, real)).toBe(real);
      await heir.close();
      await other.close({ lingerMs: 0 });
    }
  });

  it.each([
    ['sub', 'xpub', 1],
    ['pub', 'sub', 1],
    ['req', 'router', 1],
    ['dealer', 'router', 1],
    ['push', 'pull', 2],
    ['pull', 'push', 2],
    ['router', 'dealer', 2],
    ['xsub', 'xpub', 2],
  ] as const)('a %s that connects to a %s twice has %i connections', async (type, peer, count) => {
    const statuses = new Statuses();
    const listener = open(peer, { driver, status: statuses });
    const endpoint = await bound(listener);
    const twice = open(type, { driver }) as { connect(endpoint: string): unknown };
    twice.connect(endpoint);
    twice.connect(endpoint);
    await statuses.nth('connected', count);
    const last = new Statuses();
    const other = open(type, { driver, status: last }) as { connect(endpoint: string): unknown };
    other.connect(endpoint); // what was asked for before is there before
    await Promise.all([last.first('connected'), statuses.nth('connected', count + 1)]);
    expect(statuses.all.filter(({ kind }) => kind === 'connected').length).toBe(count + 1);
  });

  it('a dealer that has left an endpoint can connect to it again', async () => {
    const statuses = new Statuses();
    const endpoint = await bound(open('router', { driver, status: statuses }));
    const dealer = open('dealer', { driver }).connect(endpoint);
    await statuses.nth('connected', 1);
    dealer.disconnect(endpoint).connect(endpoint);
    await statuses.nth('connected', 2);
  });

  it.runIf(driver === 'engine').each([anyPort, 'inproc://left'])('what was unbound is forgotten: %s', async (first) => {
    const statuses = new Statuses();
    const pull = open('pull', { driver, status: statuses });
    pull.unbind(await bound(pull, first));
    const last = await bound(pull);
    await pull.close();
    expect((await statuses.first('closed')).endpoint).toBe(last);
  });

  it('a name of inproc can be bound again', async () => {
    const endpoint = `inproc://rebound ${driver}`;
    const pull = open('pull', { driver });
    for (let round = 0; round < 3; round += 1) {
      await bound(pull, endpoint);
      const push = open('push', { driver }).connect(endpoint);
      await push.send(String(round));
      expect(texts(await next(pull))).toEqual([String(round)]);
      await push.close();
      pull.unbind(endpoint);
    }
  });

  it('unbind and bind in one chain', async () => {
    const pull = open('pull', { driver });
    const real = await bound(pull);
    expect(await pull.unbind(real).bind(real).opened).toEqual([real]);
    const push = open('push', { driver }).connect(real);
    await push.send('x');
    expect(texts(await next(pull))).toEqual(['x']);
  });

  it('what is unbound or disconnected before it is open never was', async () => {
    const pull = open('pull', { driver });
    pull.bind(anyPort).unbind(anyPort).connect('tcp://127.0.0.1:1').disconnect('tcp://127.0.0.1:1');
    expect(await pull.opened).toEqual([]);
    expect(thrownBy(() => pull.disconnect('tcp://127.0.0.1:1'))).toMatchObject({
      code: 'ERR_ENDPOINT',
      message: expect.stringContaining('is not connected to; nothing is'),
    });
  });

  it('disconnect gives up with the linger where nobody is: the socket can go, and who is there later hears nothing of it', async () => {
    const endpoint = await nobodyAt();
    const dealer = open('dealer', { driver, lingerMs: 20 }).connect(endpoint);
    await dealer.opened;
    await dealer.send('old news');
    dealer.disconnect(endpoint);
    await dealer.close({ lingerMs: 0 });
    const router = open('router', { driver });
    expect(await bound(router, endpoint)).toBe(endpoint);
    await open('dealer', { driver }).connect(endpoint).send('news');
    expect(textOf((await next(router))[1]!)).toBe('news');
  });

  it('disconnect sends what it has there, then leaves', async () => {
    const statuses = new Statuses();
    const [first, second] = [open('pull', { driver }), open('pull', { driver })];
    const push = open('push', { driver, status: statuses });
    const endpoint = await bound(first);
    push.connect(endpoint);
    await statuses.first('connected');
    for (const word of ['a', 'b', 'c']) await push.send(word);
    push.disconnect(endpoint);
    const received = collect(first.messages);
    await received.first(3);
    push.connect(await bound(second));
    await push.send('d');
    expect(texts(await next(second))).toEqual(['d']);
    expect(received.values.length).toBe(3);
  });

  it('speaks IPv6 without being told', async () => {
    const pull = open('pull', { driver });
    const push = open('push', { driver }).connect(await bound(pull, 'tcp://[::1]:*'));
    await push.send('six');
    expect(texts(await next(pull))).toEqual(['six']);
  });

  it('unbinds what is not bound yet, and mistakes no other for it', async () => {
    const pull = open('pull', { driver }).bind('tcp://127.0.0.1:*');
    pull.unbind('tcp://127.0.0.1:*').bind('tcp://localhost:*');
    const [first] = await pull.opened;
    await new Promise((resolve) => setImmediate(resolve));
    pull.bind('tcp://127.0.0.1:*').bind(`inproc://unbound ${driver}`).unbind('tcp://127.0.0.1:*');
    expect(await pull.opened).toEqual([first, `inproc://unbound ${driver}`]);
    const push = open('push', { driver }).connect(first!);
    await push.send('x');
    expect(texts(await next(pull))).toEqual(['x']);
    pull.unbind(first!);
    expect(await pull.opened).toEqual([`inproc://unbound ${driver}`]);
  });

  it('can connect to one endpoint twice', async () => {
    const pull = open('pull', { driver });
    const endpoint = await bound(pull);
    const push = open('push', { driver }).connect(endpoint).connect(endpoint);
    expect(await push.opened).toEqual([endpoint, endpoint]);
    await push.send('x');
    await push.send('y');
    const received = collect(pull.messages);
    expect((await received.first(2)).map(([part]) => textOf(part!)).sort()).toEqual(['x', 'y']);
    push.disconnect(endpoint);
    expect(await push.opened).toEqual([]);
  });
});

describe('the driver', () => {
  const unsupported = (text: string) => ({ code: 'ERR_UNSUPPORTED', message: expect.stringContaining(text) });

  it('is the engine, or what a type or transport needs', async () => {
    const statuses = new Statuses();
    open('xsub', { status: statuses }).bind('tcp://127.0.0.1:*');
    await statuses.endpoint();
    // zeromq.js's names of inproc are its own
    await bound(open('pair', { driver: 'native' }), 'inproc://both');
    await bound(open('pair'), 'inproc://both');
  });

  it('speaks ws with libzmq', async () => {
    const pull = open('pull');
    const push = open('push', { driver: 'native' }).connect(await bound(pull, 'ws://127.0.0.1:*'));
    await push.send('over ws');
    expect(texts(await next(pull))).toEqual(['over ws']);
  });

  it('is refused where it has not what is asked for', () => {
    expect(thrownBy(() => openSocket('peer', { driver: 'native' }))).toMatchObject(unsupported("driver: 'engine'"));
    expect(thrownBy(() => openSocket('channel', { driver: 'native' }))).toMatchObject(unsupported("driver: 'engine'"));
    expect(thrownBy(() => openSocket('dgram', { driver: 'engine' }))).toMatchObject(unsupported("driver: 'native'"));
    expect(thrownBy(() => openSocket('pub', { driver: 'engine', typeOfService: 8 }))).toMatchObject(
      unsupported("the engine cannot do option 'typeOfService'; driver: 'native' (or 'auto') does"),
    );
    expect(thrownBy(() => openSocket('peer', { typeOfService: 8 }))).toMatchObject(unsupported('typeOfService'));
    const radio = open('radio', { driver: 'engine' });
    expect(thrownBy(() => radio.connect('udp://127.0.0.1:1'))).toMatchObject(unsupported("driver: 'native'"));
    expect(thrownBy(() => open('peer').bind('ws://127.0.0.1:1'))).toMatchObject(unsupported('the engine cannot do'));
  });

  it('is one for all endpoints, and stays', async () => {
    const radio = open('radio').connect('tcp://127.0.0.1:1').connect('udp://127.0.0.1:1');
    expect((await radio.opened).length).toBe(2);
    const other = open('radio').connect('tcp://127.0.0.1:1');
    await other.opened;
    expect(thrownBy(() => other.connect('udp://127.0.0.1:1'))).toMatchObject(unsupported('the engine cannot do'));
  });

  it.each([
    ['pub', 'udp://127.0.0.1:1', false, 'only radio, dish and dgram sockets speak over udp'],
    ['radio', 'udp://127.0.0.1:1', true, 'over udp this type connects only'],
    ['dish', 'udp://127.0.0.1:1', false, 'over udp this type binds only'],
    ['dgram', 'tcp://127.0.0.1:1', true, 'sockets of this type speak over udp only'],
    ['stream', 'inproc://x', true, 'sockets of this type speak over tcp or ipc only'],
    ['stream', 'ws://127.0.0.1:1', true, 'sockets of this type speak over tcp or ipc only'],
    ['pub', 'pgm://127.0.0.1:1', true, 'pgm is not for this socket type here'],
  ] as const)('%s refuses %s', (type, endpoint, binds, text) => {
    const socket = open(type) as any;
    expect(thrownBy(() => (binds ? socket.bind(endpoint) : socket.connect(endpoint)))).toMatchObject(unsupported(text));
  });

  it.each(['udp://', 'udp://127.0.0.1', 'udp://127.0.0.1:x', 'udp://127.0.0.1:70000', 'udp://:5555'])(
    'refuses %s',
    (endpoint) => {
      expect(thrownBy(() => open('dgram').bind(endpoint))).toMatchObject({ code: 'ERR_ENDPOINT', endpoint });
    },
  );
});
