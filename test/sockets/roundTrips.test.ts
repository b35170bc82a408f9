import { createServer, type AddressInfo, connect, type Socket } from 'node:net';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom, interval, map, takeUntil, toArray, take } from 'rxjs';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSocket } from '../../src/sockets/openSocket.js';
import type { SocketHandle } from '../../src/sockets/SocketHandle.js';
import type { SocketOf, SocketType } from '../../src/sockets/SocketTypes.js';
import { anyPort, bound, type DriverName, drivers, next, open, textOf, texts } from './open.js';

const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** Two drivers, a transport, and who binds. */
interface Link {
  readonly title: string;
  readonly left: DriverName;
  readonly right: DriverName;
  readonly endpoint: () => string;
  readonly leftBinds: boolean;
}

const transports = {
  tcp: () => anyPort,
  ipc: () => `ipc://${folder}/${(count += 1)}`,
  inproc: () => `inproc://round trip ${(count += 1)}`,
};

const links: Link[] = drivers.flatMap((left) =>
  drivers.flatMap((right) =>
    [true, false].flatMap((leftBinds) =>
      Object.entries(transports)
        .filter(([name]) => left === right || name !== 'inproc')
        .map(([name, endpoint]) => ({
          title: `${left} ${leftBinds ? 'binds' : 'connects'}, ${right}, ${name}`,
          left,
          right,
          endpoint,
          leftBinds,
        })),
    ),
  ),
);

type Ends<L extends SocketType, R extends SocketType> = readonly [left: SocketOf<L>, right: SocketOf<R>];

/** Opens two sockets that a link joins. */
async function joined<L extends SocketType, R extends SocketType>(link: Link, left: L, right: R): Promise<Ends<L, R>> {
  const ends = [open(left, { driver: link.left }), open(right, { driver: link.right })] as Ends<L, R>;
  const [binding, connecting] = link.leftBinds ? ends : [ends[1], ends[0]];
  const connects = connecting as SocketHandle & { connect(endpoint: string): unknown };
  connects.connect(await bound(binding, link.endpoint()));
  return ends;
}

/** Sends again and again until the other side, which may not be there yet, has got one. */
async function published<T>(publish: () => Promise<void>, received: Promise<T>): Promise<T> {
  interval(1)
    .pipe(takeUntil(received))
    .subscribe(() => void publish());
  return received;
}

describe.each(links)('$title', (link) => {
  it('pair', async () => {
    const [left, right] = await joined(link, 'pair', 'pair');
    await left.send(['to the', 'right', '']);
    expect(texts(await next(right))).toEqual(['to the', 'right', '']);
    await right.send(new Uint8Array(100_000).fill(7));
    const [large] = await next(left);
    expect(Buffer.compare(large!, new Uint8Array(100_000).fill(7))).toBe(0);
  });

  it('push and pull', async () => {
    const [push, pull] = await joined(link, 'push', 'pull');
    for (const word of ['one', 'two', 'three']) await push.send(word);
    expect(await firstValueFrom(pull.messages.pipe(take(3), map(texts), toArray()))).toEqual([
      ['one'],
      ['two'],
      ['three'],
    ]);
  });

  it('pub and sub', async () => {
    const [pub, sub] = await joined(link, 'pub', 'sub');
    sub.subscribe('quotes.');
    const received = next(sub);
    const message = await published(async () => {
      await pub.send(['weather', 'rain']);
      await pub.send(['quotes.EUR', '1.08']);
    }, received);
    expect(texts(message)).toEqual(['quotes.EUR', '1.08']);
  });

  it('xpub and xsub', async () => {
    const [xpub, xsub] = await joined(link, 'xpub', 'xsub');
    xsub.subscribe('news');
    expect(texts(await next(xpub))).toEqual(['\x01news']);
    await xpub.send(['news', 'today']);
    expect(texts(await next(xsub))).toEqual(['news', 'today']);
    await xsub.send(['a word', 'upstream']);
    expect(texts(await next(xpub))).toEqual(['a word', 'upstream']);
    xsub.unsubscribe('news');
    expect(texts(await next(xpub))).toEqual(['\x00news']);
    await xsub.send('\x01more');
    expect(texts(await next(xpub))).toEqual(['\x01more']);
  });

  it('req and rep', async () => {
    const [req, rep] = await joined(link, 'req', 'rep');
    for (const word of ['first', 'second']) {
      await req.send([word, '?']);
      expect(texts(await next(rep))).toEqual([word, '?']);
      await rep.send(`${word}!`);
      expect(texts(await next(req))).toEqual([`${word}!`]);
    }
  });

  it('dealer and router', async () => {
    const [dealer, router] = await joined(link, 'dealer', 'router');
    await dealer.send(['a', 'b']);
    const [id, ...parts] = await next(router);
    expect(texts(parts)).toEqual(['a', 'b']);
    await router.send([id!, 'back', '']);
    expect(texts(await next(dealer))).toEqual(['back', '']);
  });

  it('client and server', async () => {
    const [client, server] = await joined(link, 'client', 'server');
    await client.send('hello');
    const { routingId, data } = await next(server);
    expect([routingId > 0, textOf(data)]).toEqual([true, 'hello']);
    await server.send({ routingId, data: 'back' });
    expect(textOf(await next(client))).toBe('back');
    await expect(server.send({ routingId: (routingId % 1000) + 1, data: 'for nobody' })).rejects.toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'send',
      cause: expect.objectContaining({ code: 'EHOSTUNREACH' }),
    });
  });

  it('radio and dish', async () => {
    const [radio, dish] = await joined(link, 'radio', 'dish');
    dish.join('music', 'news');
    dish.leave('news');
    const message = await published(async () => {
      await radio.send({ group: 'news', data: 'x' });
      await radio.send({ group: 'music', data: 'y' });
    }, next(dish));
    expect({ ...message, data: textOf(message.data) }).toEqual({ group: 'music', data: 'y' });
  });

  it('scatter and gather', async () => {
    const [scatter, gather] = await joined(link, 'scatter', 'gather');
    await scatter.send('piece');
    expect(textOf(await next(gather))).toBe('piece');
  });
});

describe.each(links.filter(({ left, right }) => left === 'engine' && right === 'engine'))('$title', (link) => {
  it('channel', async () => {
    const [left, right] = await joined(link, 'channel', 'channel');
    await left.send('ping');
    expect(textOf(await next(right))).toBe('ping');
    await right.send('pong');
    expect(textOf(await next(left))).toBe('pong');
  });

  it('peer, which may number the one it connects to', async () => {
    const [left, right] = [open('peer'), open('peer')];
    const [binding, connecting] = link.leftBinds ? [left, right] : [right, left];
    connecting.connect(await bound(binding, link.endpoint()), { routingId: 9 });
    await connecting.send({ routingId: 9, data: 'hello' });
    const { routingId, data } = await next(binding);
    expect(textOf(data)).toBe('hello');
    await binding.send({ routingId, data: 'back' });
    expect(await next(connecting)).toEqual({ routingId: 9, data: new TextEncoder().encode('back') });
  });
});

/** All that came of a TCP connection, as soon as there is so much. */
async function read(socket: Socket, bytes: number): Promise<string> {
  let text = '';
  for (; text.length < bytes; text += String(socket.read() ?? '')) await once(socket, 'readable');
  return text;
}

describe.each(drivers)('on %s', (driver) => {
  it('stream talks to whoever connects', async () => {
    const stream = open('stream', { driver });
    const { port } = new URL((await bound(stream)).replace('tcp', 'http'));
    const received = firstValueFrom(stream.messages.pipe(take(2), toArray()));
    const peer = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void peer.destroy());
    peer.write('GET');
    const [[id, empty], [same, data]] = (await received) as [[Uint8Array, Uint8Array], [Uint8Array, Uint8Array]];
    expect([empty.length, textOf(data)]).toEqual([0, 'GET']);
    expect(same).toEqual(id);
    await stream.send([id, '200']);
    expect(await read(peer, 3)).toBe('200');
    const ended = once(peer.resume(), 'end');
    await stream.send([id, '']);
    await ended;
  });

  it('stream connects, and calls its peer as it likes', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const stream = open('stream', { driver, notify: false });
    stream.connect(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, { routingId: 'it' });
    const [peer] = (await once(server, 'connection')) as [Socket];
    onTestFinished(() => void peer.destroy());
    peer.write('hello');
    expect(texts(await next(stream))).toEqual(['it', 'hello']);
    await stream.send(['it', 'back']);
    expect(await read(peer, 4)).toBe('back');
  });

  it('router calls the peer it connects to as it likes, and hears of its coming', async () => {
    const dealer = open('dealer', { driver });
    const router = open('router', { driver, mandatory: true, notify: 'connect' });
    router.connect(await bound(dealer), { routingId: new Uint8Array([7, 7]) });
    expect(await next(router)).toEqual([new Uint8Array([7, 7]), new Uint8Array()]);
    await router.send([new Uint8Array([7, 7]), 'x']);
    expect(texts(await next(dealer))).toEqual(['x']);
  });

  it('xpub subscribes for its peers by hand', async () => {
    const xpub = openSocket('xpub', { driver, manual: true });
    onTestFinished(() => xpub.close({ lingerMs: 0 }));
    const endpoint = await bound(xpub);
    xpub.messages.subscribe(([change]) => {
      if (change![0] === 1) xpub.subscribe(`their ${textOf(change!.subarray(1))}`);
    });
    const sub = open('sub', { driver: 'engine' }).connect(endpoint).subscribe('topic', 'their');
    const message = await published(async () => {
      await xpub.send('topic');
      await xpub.send('their topic');
    }, next(sub));
    expect(texts(message)).toEqual(['their topic']);
  });
});

describe('over udp', () => {
  it('dgram answers whoever writes to it', async () => {
    const dgram = open('dgram');
    const [port, mine] = await Promise.all([freeUdpPort(), freeUdpPort()]);
    await bound(dgram, `udp://127.0.0.1:${port}`);
    const peer = createSocket('udp4');
    onTestFinished(() => void peer.close());
    peer.bind(mine, '127.0.0.1');
    await once(peer, 'listening');
    const { address, data } = await published(async () => peer.send('hello', port, '127.0.0.1'), next(dgram));
    expect({ address, data: textOf(data) }).toEqual({ address: `127.0.0.1:${mine}`, data: 'hello' });
    const answer = once(peer, 'message') as Promise<[Buffer]>;
    await dgram.send({ address, data: 'back' });
    expect((await answer)[0].toString()).toBe('back');
  });

  it('radio reaches a dish', async () => {
    const port = await freeUdpPort();
    const dish = open('dish').join('music');
    await bound(dish, `udp://127.0.0.1:${port}`);
    const radio = open('radio').connect(`udp://127.0.0.1:${port}`);
    const message = await published(async () => {
      await radio.send({ group: 'news', data: 'x' });
      await radio.send({ group: 'music', data: 'y' });
    }, next(dish));
    expect({ ...message, data: textOf(message.data) }).toEqual({ group: 'music', data: 'y' });
  });
});

/** A port that was free a moment ago: libzmq does not tell which one a wildcard got. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
