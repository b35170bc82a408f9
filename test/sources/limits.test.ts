import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fromIterable, fromPull, raw, type SocketOptions, text, toPush } from 'rxzmq';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Push } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { driver } from '../helpers/driver.js';
import { connectedPeer } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';

/** A source that is bound, of raw messages. */
async function bound(options: SocketOptions) {
  const statuses = new Statuses();
  const received = collect(fromPull(bind, { bind: true, codec: raw, status: statuses, ...options }));
  return { statuses, received, endpoint: await statuses.endpoint() };
}

/** A TCP connection that says nothing by itself. */
async function silent(endpoint: string): Promise<Socket> {
  const socket = connect(Number(endpoint.split(':').at(-1)), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  return socket;
}

/** What a PUSH sends to shake hands, all at once: greeting, and READY with its socket type. */
const handshake = Buffer.concat([
  Buffer.from('ff00000000000000017f0301', 'hex'),
  Buffer.from('NULL'.padEnd(20, '\0')),
  Buffer.alloc(32),
  Buffer.from('041a', 'hex'),
  Buffer.from('\x05READY\x0bSocket-Type\0\0\0\x04PUSH'),
]);

const seen = (parts: readonly Uint8Array[]): string[] => parts.map((part) => Buffer.from(part).toString());

describe.runIf(driver === 'engine')('the limits of the engine', () => {
  afterEach(() => void vi.useRealTimers());

  it('maxParts: drops a peer whose message has more, and takes one with as many', async () => {
    const { statuses, received, endpoint } = await bound({ maxParts: 4 });
    const good = connectedPeer(new Push(), endpoint);
    await good.send(['a', 'b', 'c', 'd']);
    expect((await received.first(1)).map(seen)).toEqual([['a', 'b', 'c', 'd']]);
    await connectedPeer(new Push(), endpoint).send(['1', '2', '3', '4', '5']);
    expect((await statuses.first('disconnected')).reason).toBe('a message of more than 4 parts: that is maxParts');
    await good.send(['still', 'here']);
    expect((await received.first(2)).map(seen)[1]).toEqual(['still', 'here']);
  });

  it('maxMessageBytes: counts all parts of a message', async () => {
    const { statuses, received, endpoint } = await bound({ maxMessageBytes: 10 });
    await connectedPeer(new Push(), endpoint).send(['12345', '67890']);
    expect((await received.first(1)).map(seen)).toEqual([['12345', '67890']]);
    await connectedPeer(new Push(), endpoint).send(['12345', '67890+']);
    expect((await statuses.first('disconnected')).reason).toBe('a message of 11 bytes or more: maxMessageBytes is 10');
  });

  it('maxPeers: turns away the one that is too many, until another leaves', async () => {
    const { statuses, received, endpoint } = await bound({ maxPeers: 1 });
    const first = connectedPeer(new Push(), endpoint);
    await statuses.nth('connected', 1);
    const waiting = connectedPeer(new Push({ reconnectInterval: 5 }), endpoint);
    expect((await statuses.first('handshakeFailed')).reason).toBe(
      'as many peers as maxPeers lets in are there already: 1',
    );
    await first.send('first');
    expect((await received.first(1)).map(seen)).toEqual([['first']]);
    first.close();
    await statuses.first('disconnected');
    await waiting.send('second'); // it came back, and has its place
    expect((await received.first(2)).map(seen)[1]).toEqual(['second']);
  });

  it('maxHandshakes: the oldest that says nothing makes way', async () => {
    const { statuses, received, endpoint } = await bound({ maxHandshakes: 2 });
    const connections: Socket[] = [];
    for (let i = 0; i < 2; i += 1) connections.push(await silent(endpoint));
    await connectedPeer(new Push(), endpoint).send('here');
    await once(connections[0]!, 'close');
    expect(await statuses.first('handshakeFailed')).toMatchObject({
      endpoint,
      reason: 'more than 2 connections had not done their handshake',
    });
    expect((await received.first(1)).map(seen)).toEqual([['here']]);
    expect(connections[1]!.readable).toBe(true);
  });

  it('handshakeTimeoutMs: drops a peer that does not shake hands in time', async () => {
    const { statuses, endpoint } = await bound({ handshakeTimeoutMs: 30 });
    const connection = await silent(endpoint);
    await once(connection, 'close');
    expect((await statuses.first('handshakeFailed')).reason).toBe('the handshake was not done within 30 ms');
  });

  it.each([
    ['drops a peer whose message stands still', 64, true],
    ['0 lets it take for ever', 0, false],
  ])('minBytesPerSecond: %s', async (_, minBytesPerSecond, drops) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }); // those of deadlines
    const { statuses, received, endpoint } = await bound({ minBytesPerSecond });
    const connection = await silent(endpoint);
    connection.write(handshake);
    await statuses.first('connected');
    connection.write(Buffer.concat([Buffer.from('\0\x05whole'), Buffer.from('\0\xc8half', 'latin1')]));
    expect((await received.first(1)).map(seen)).toEqual([['whole']]);
    vi.advanceTimersByTime(990_000); // an outage of the wire
    expect(statuses.all.map(({ kind }) => kind)).toEqual(['listening', 'connected']);
    vi.advanceTimersByTime(drops ? 30_000 : 3_600_000); // it is looked after every 10 s
    const after = statuses.all.slice(2);
    if (drops) {
      const reason = 'nothing came of a message for 1000 s';
      expect(after[0]).toMatchObject({ kind: 'disconnected', endpoint, reason });
      await once(connection, 'close');
    } else {
      connection.write('x'.repeat(196));
      expect((await received.first(2)).map(seen)[1]).toEqual([`half${'x'.repeat(196)}`]);
      expect(after).toEqual([]);
    }
  });
});

describe('highWaterBytes', () => {
  function* counted(made: { count: number }, bytes: number, upTo: number): Generator<Uint8Array[]> {
    while (made.count < upTo) {
      made.count += 1;
      yield [new Uint8Array(bytes)];
    }
  }

  /** How many messages of 1000 bytes are taken for a consumer that reads none. */
  async function takenFor(name: string, options: SocketOptions): Promise<number> {
    const endpoint = `inproc://highWaterBytes.${name}`;
    const statuses = new Statuses();
    const never = {
      hasRoom: () => false,
      wait: () => undefined,
      leave: () => undefined,
      pass: () => undefined,
      ended: false,
    };
    collect(fromPull(endpoint, { codec: raw, demand: never, status: statuses, ...options }));
    const sent = collect(
      fromIterable(counted({ count: 0 }, 1000, 5000)).pipe(toPush(endpoint, { codec: raw, lingerMs: 0, ...options })),
    );
    await statuses.first('stalled');
    for (let before = -1; before !== sent.values.length; await new Promise((resolve) => setImmediate(resolve))) {
      before = sent.values.length;
    }
    return sent.values.length;
  }

  it.runIf(driver === 'engine')('holds the sender back where it is reached before highWaterMark', async () => {
    // over inproc the marks of both sides add up
    expect(await takenFor('no', { highWaterMark: 50 })).toBe(100);
    expect(await takenFor('yes', { highWaterMark: 50, highWaterBytes: 10_000 })).toBe(20);
    expect(await takenFor('more', { highWaterMark: 5, highWaterBytes: 10_000 })).toBe(10);
  });

  it('is never less than one message', async () => {
    const endpoint = 'inproc://highWaterBytes.one';
    const options = { codec: text, highWaterBytes: 1 } as const;
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`);
    const sent = collect(fromIterable(lines).pipe(toPush(endpoint, options)));
    const received = collect(fromPull(endpoint, options));
    expect(await received.first(100)).toEqual(lines);
    await sent.completed;
  });

  it('lets a message pass that is larger, over tcp too', async () => {
    const statuses = new Statuses();
    const options = { codec: raw, highWaterBytes: 1000 } as const;
    const made = { count: 0 };
    const sent = collect(fromIterable(counted(made, 100_000, 20)).pipe(toPush(bind, { ...options, status: statuses })));
    const received = collect(fromPull(await statuses.endpoint(), options));
    expect((await received.first(20)).map(([part]) => part?.length)).toEqual(Array.from({ length: 20 }, () => 100_000));
    await sent.completed;
  });
});
