import { firstValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Pull, Push } from 'zeromq';
import { openSocket } from '../../src/sockets/openSocket.js';
import { collect } from '../helpers/collect.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { boundPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { anyPort, bound, drivers, next, open, texts } from './open.js';

describe.each(drivers)('a handle on %s', (driver) => {
  it('is open when all its endpoints are, and tells the real ones in their order', async () => {
    const pull = open('pull', { driver })
      .bind([anyPort, anyPort])
      .connect('tcp://127.0.0.1:1')
      .bind('tcp://localhost:*');
    const endpoints = await pull.opened;
    expect(endpoints).toEqual([
      expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/),
      'tcp://127.0.0.1:1',
      expect.stringMatching(/^tcp:\/\/(127\.0\.0\.1|\[::1\]):\d+$/),
    ]);
    expect(new Set(endpoints).size).toBe(4);
    const push = open('push', { driver }).connect(endpoints[1]!);
    await push.send('here');
    expect(texts(await next(pull))).toEqual(['here']);
  });

  it('is open without endpoints, and when others are added', async () => {
    const pull = open('pull', { driver });
    expect(await pull.opened).toEqual([]);
    const first = await bound(pull);
    const second = await bound(pull);
    expect(await pull.opened).toEqual([first, second]);
    const push = open('push', { driver }).connect(second);
    await push.send('later');
    expect(texts(await next(pull))).toEqual(['later']);
  });

  it('fails as a whole where an endpoint does: opened, messages and send say so', async () => {
    const taken = await bound(open('pull', { driver }));
    const statuses = new Statuses();
    const pair = open('pair', { driver, status: statuses }).bind([anyPort, taken]);
    const waits = pair.send('x');
    const messages = collect(pair.messages);
    const failure = { code: 'ERR_SOCKET', operation: 'bind', endpoint: taken, cause: { code: 'EADDRINUSE' } };
    await expect(pair.opened).rejects.toMatchObject(failure);
    await expect(waits).rejects.toMatchObject(failure);
    expect(await messages.error).toMatchObject(failure);
    await expect(pair.send('y')).rejects.toMatchObject(failure);
    await expect(pair.opened).rejects.toMatchObject(failure);
    expect(pair.bind(anyPort).connect(taken)).toBe(pair); // it was told
    await statuses.first('closed');
    await pair.close();
  });

  it('closes once, with all it held, and its statuses complete', async () => {
    const statuses = new Statuses();
    const pull = open('pull', { driver, status: statuses });
    const seen = collect(pull.status);
    await bound(pull);
    const gone = pull.close();
    expect(pull.close({ lingerMs: 5 })).toBe(gone);
    await gone;
    await seen.completed;
    expect(statuses.all.map(({ kind }) => kind)).toEqual(['listening', 'closed']);
    expect(seen.values).toEqual(statuses.all);
    expect(pull.close()).toBe(gone);
  });

  it('closes before it was open', async () => {
    const statuses = new Statuses();
    for (let n = 0; n < 20; n += 1) await openSocket('pull', { driver, status: statuses }).bind(anyPort).close();
    expect(statuses.all.every(({ kind }) => kind === 'closed')).toBe(true);
    await expect(openSocket('pull', { driver }).close({ lingerMs: -1 })).rejects.toMatchObject({ option: 'lingerMs' });
  });

  it('is closed at the end of a block that uses it', async () => {
    let endpoint: string;
    {
      await using pull = openSocket('pull', { driver }).bind(anyPort);
      [endpoint] = (await pull.opened) as [string];
    }
    const { socket } = await boundPeer(new Pull(), endpoint); // it is free
    await using push = openSocket('push', { driver }).connect(endpoint);
    await push.send('x');
    expect((await socket.receive())[0]!.toString()).toBe('x');
  });

  it('sends what it was asked to before it closes, be the peer there or yet to come', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const push = open('push', { driver }).connect(endpoint);
    const sends = [push.send('a'), push.send(new Uint8Array(5_000_000)), push.send('c')];
    await push.close();
    await Promise.all(sends);
    const lengths = [];
    for (let n = 0; n < 3; n += 1) lengths.push((await socket.receive())[0]!.length);
    expect(lengths).toEqual([1, 5_000_000, 1]);

    const later = await nobodyAt();
    const patient = open('push', { driver, lingerMs: Infinity }).connect(later);
    const last = patient.send('last');
    const gone = patient.close();
    const pull = open('pull', { driver });
    await bound(pull, later);
    expect(texts(await next(pull))).toEqual(['last']);
    await last;
    await gone;
  });

  it('gives up what nobody takes, after its linger, and tells of it', async () => {
    const statuses = new Statuses();
    const nowhere = await nobodyAt();
    const push = open('push', { driver, status: statuses }).connect(nowhere);
    await push.send('taken');
    await push.close({ lingerMs: 20 });
    const dropped = await statuses.first('dropped');
    expect([1, undefined]).toContain(dropped.count);
    expect(statuses.all.at(-1)?.kind).toBe('closed');

    const immediate = open('push', { driver, immediate: true }).connect(nowhere);
    const waits = immediate.send('waits');
    const begun = performance.now();
    await immediate.close({ lingerMs: 20 });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(15);
    await expect(waits).rejects.toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
  });

  it('drops at once what waits, with a linger of 0', async () => {
    const push = open('push', { driver, immediate: true }).connect(await nobodyAt());
    const waits = push.send('waits');
    await push.close({ lingerMs: 0 });
    await expect(waits).rejects.toMatchObject({ code: 'ERR_SOCKET', operation: 'send' });
  });

  it('lets its endpoint be bound again at once', async () => {
    const endpoint = await bound(open('pull', { driver }));
    let pull = open('pull', { driver });
    const first = await bound(pull);
    for (let round = 0; round < 5; round += 1) {
      void pull.close();
      pull = open('pull', { driver });
      expect(await bound(pull, first)).toBe(first);
    }
    expect(endpoint).not.toBe(first);
  });

  it('leaves nothing behind', async () => {
    const count = (): number =>
      process.getActiveResourcesInfo().filter((name) => !/Immediate|Timeout/.test(name)).length;
    const round = async (): Promise<void> => {
      const pull = openSocket('pull', { driver });
      const push = openSocket('push', { driver });
      push.connect(await bound(pull));
      const received = firstValueFrom(pull.messages.pipe(take(2), map(texts), toArray()));
      await push.send('a');
      await push.send('b');
      expect(await received).toEqual([['a'], ['b']]);
      await push.close();
      await pull.close();
    };
    await round();
    const before = count();
    for (let n = 0; n < 30; n += 1) await round();
    for (let turns = 0; count() > before && turns < 1000; turns += 1) await new Promise((r) => setImmediate(r));
    expect(count()).toBeLessThanOrEqual(before);
  });

  it('statuses tell of peers that come and go', async () => {
    const statuses = new Statuses();
    const push = open('push', { driver, status: statuses, reconnect: { initialMs: 1, maxMs: 1 } });
    const { socket, endpoint } = await boundPeer(new Pull());
    push.connect(endpoint);
    await statuses.first('connected');
    socket.close();
    await statuses.first('disconnected');
    await statuses.first('retrying');
    expect(statuses.all.every(({ socketId, endpoint: told }) => socketId > 0 && told === endpoint)).toBe(true);
  });
});

it('an observer of status that throws harms nothing', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): void => void warnings.push(warning.message);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const pull = open('pull', {
    status: () => {
      throw new Error('boom');
    },
  });
  const push = open('push').connect(await bound(pull));
  await push.send('x');
  expect(texts(await next(pull))).toEqual(['x']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings[0]).toContain('boom');
});

it('zeromq.js and a handle are one wire', async () => {
  const { socket, endpoint } = await boundPeer(new Push());
  const pull = open('pull').connect(endpoint);
  await socket.send(['from', 'zeromq.js']);
  expect(texts(await next(pull))).toEqual(['from', 'zeromq.js']);
});
