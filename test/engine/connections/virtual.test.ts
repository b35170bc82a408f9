import { describe, expect, it } from 'vitest';
import { all, at, bytes, World } from './World.js';

describe.each(['push', 'dealer', 'client', 'req'] as const)('a binding %s that holds', (type) => {
  it('can write to a peer as soon as it is told of it', () => {
    const world = new World();
    const sender = world.open(type, { requiresPeer: true });
    const peer = world.open(({ push: 'pull', dealer: 'router', client: 'server', req: 'rep' } as const)[type]);
    const written: unknown[] = [];
    sender.statuses.push = (status) => {
      if (status.kind === 'connected') written.push(sender.socket.write(bytes(1)));
      return 0;
    };
    sender.socket.bind(at);
    peer.socket.connect(at);
    world.pass(20);
    expect(written).toEqual([true]);
    expect(all(peer.socket)).toHaveLength(1);
  });
});

describe('a connecting socket', () => {
  it('tries again after 100, 200, 400, 800, 800 ms, give or take a quarter, until somebody is there', () => {
    const world = new World();
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    world.pass(3000);
    const delays = push.statuses.flatMap((status) => (status.kind === 'retrying' ? [status.delayMs] : []));
    for (const [i, nominal] of [100, 200, 400, 800, 800].entries()) {
      expect(delays[i]).toBeGreaterThanOrEqual(nominal * 0.75);
      expect(delays[i]).toBeLessThanOrEqual(nominal * 1.25);
    }
    const pull = world.open('pull');
    pull.socket.bind(at);
    world.pass(1100);
    expect(push.kinds().at(-1)).toBe('connected');
    expect(pull.kinds()).toEqual(['listening', 'connected']);
  });

  it.each(['tcp://127.0.0.1', 'inproc://name'])('says which peer it cannot take besides others (%s)', (scheme) => {
    const world = new World();
    const router = world.open('router');
    const pair = world.open('pair');
    for (const n of [1, 2]) {
      router.socket.connect(`${scheme}:${n}`, { routingId: Uint8Array.of(7) });
      pair.socket.connect(`${scheme}:${n}`);
    }
    world.settle();
    expect(router.failures).toEqual([`connect failed on ${scheme}:2: another peer of this socket has that routing id`]);
    expect(pair.failures).toEqual([
      `connect failed on ${scheme}:2: this socket type has one peer, and there is one already`,
    ]);
  });

  it('that is closed as soon as it has room still sends what it took', () => {
    const world = new World();
    const pull = world.open('pull');
    pull.socket.bind(at);
    const push = world.open('push');
    push.onWritable(() => {
      push.socket.write(bytes(1));
      push.socket.close(1000);
    });
    push.socket.connect(at);
    world.pass(50);
    expect(all(pull.socket)).toEqual([bytes(1)]);
    expect(push.left).toEqual([{ messages: 0 }]);
  });

  it('keeps what it holds over a reconnect, in order, and starts over with the short wait', () => {
    const world = new World();
    const pull = world.open('pull');
    pull.socket.bind(at);
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    expect(push.socket.write(bytes(1))).toBe(true);
    world.settle();
    expect(all(pull.socket)).toEqual([bytes(1)]);
    world.network.answer(at, 'refuse');
    world.network.connections()[0]!.cut();
    world.settle();
    expect(push.kinds().slice(-2)).toEqual(['disconnected', 'retrying']);
    for (let i = 2; i < 50; i += 1) expect(push.socket.write(bytes(i))).toBe(true);
    world.pass(1000);
    world.network.answer(at, 'accept');
    world.pass(1100);
    expect(all(pull.socket)).toEqual(Array.from({ length: 48 }, (_, i) => bytes(i + 2)));
    expect(push.statuses.find(({ kind }) => kind === 'retrying')).toMatchObject({ endpoint: at });
  });

  it('takes nothing while nobody is there where it waits for peers, and keeps what it has taken', () => {
    const world = new World();
    const push = world.open('push', { requiresPeer: true });
    push.socket.connect(at);
    world.settle();
    expect(push.socket.write(bytes(1))).toBe(false);
    const pull = world.open('pull');
    pull.socket.bind(at);
    world.pass(300);
    expect(push.socket.write(bytes(1))).toBe(true);
    world.settle();
    expect(all(pull.socket)).toEqual([bytes(1)]);
  });

  it('gives a server up that does not end the handshake, and tries again', () => {
    const world = new World();
    world.network.tcp.listen(at, {}, { listening: () => undefined, accepted: () => silent, failed: () => undefined });
    const push = world.open('push', { limits: { handshakeTimeoutMs: 500 } });
    push.socket.connect(at);
    world.pass(499);
    expect(push.kinds()).toEqual(['connecting']);
    world.pass(5);
    expect(push.kinds().slice(1)).toEqual(['handshakeFailed', 'retrying']);
    expect(push.statuses[1]).toMatchObject({ reason: 'the handshake was not done within 500 ms' });
  });

  it('says so and tries again at its slowest where the peer is of a type that does not fit', () => {
    const world = new World();
    const pub = world.open('pub');
    pub.socket.bind(at);
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    expect(push.kinds().slice(0, 3)).toEqual(['connecting', 'handshakeFailed', 'retrying']);
    expect(push.statuses[1]).toMatchObject({ kind: 'handshakeFailed' });
    expect((push.statuses[2] as { delayMs: number }).delayMs).toBeGreaterThanOrEqual(600);
    expect(pub.kinds()).toContain('handshakeFailed');
  });

  it('does not try again where reconnect is false', () => {
    const world = new World();
    const push = world.open('push', { reconnect: false });
    push.socket.connect(at);
    world.pass(5000);
    expect(push.kinds()).toEqual(['connecting', 'disconnected']);
    expect(push.socket.write(bytes(1))).toBe(false);
  });
});

describe('heartbeats', () => {
  it('find a peer that went silent, and the peer comes back by itself', () => {
    const world = new World();
    const pull = world.open('pull', { heartbeat: { intervalMs: 100, timeoutMs: 150, ttlMs: 0 } });
    pull.socket.bind(at);
    const push = world.open('push', { heartbeat: { intervalMs: 100, timeoutMs: 300, ttlMs: 0 } });
    push.socket.connect(at);
    world.settle();
    world.pass(5000);
    expect(pull.kinds()).toEqual(['listening', 'connected']); // PONGs keep it
    world.network.connections()[0]!.stall();
    world.pass(400);
    expect(pull.statuses.at(-1)).toMatchObject({
      kind: 'disconnected',
      reason: 'nothing came from the peer for 150 ms (heartbeat)',
    });
    world.pass(2000);
    expect(pull.kinds().at(-1)).toBe('connected');
    expect(push.socket.write(bytes(1))).toBe(true);
    world.settle();
    expect(all(pull.socket)).toEqual([bytes(1)]);
  });

  it('go by the time to live that the peer names, without heartbeats of our own', () => {
    const world = new World();
    const pull = world.open('pull');
    pull.socket.bind(at);
    const push = world.open('push', { heartbeat: { intervalMs: 100, timeoutMs: 0, ttlMs: 300 } });
    push.socket.connect(at);
    world.pass(2000);
    expect(pull.kinds()).toEqual(['listening', 'connected']);
    world.network.connections()[0]!.stall();
    world.pass(420);
    expect(pull.kinds().at(-1)).toBe('disconnected');
  });

  it('do not blame a peer for what is not read here', () => {
    const world = new World();
    const pull = world.open('pull', { highWaterMark: 2, heartbeat: { intervalMs: 100, timeoutMs: 100, ttlMs: 0 } });
    pull.socket.bind(at);
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    for (let i = 0; i < 500; i += 1) push.socket.write([new Uint8Array(100)]);
    world.pass(3000);
    expect(pull.kinds()).toEqual(['listening', 'connected']);
  });
});

describe('a message that has begun', () => {
  it('must go on: a peer that sends less than minBytesPerSecond is dropped', () => {
    const world = new World();
    const pull = world.open('pull', { limits: { minBytesPerSecond: 10 } });
    pull.socket.bind(at);
    world.settle();
    const peer = new RawPush(world);
    world.settle();
    expect(pull.kinds()).toEqual(['listening', 'connected']);
    peer.send(0, 200, 1);
    for (let second = 0; second < 9; second += 1) {
      world.pass(1000);
      peer.send(1);
    }
    expect(pull.kinds()).toEqual(['listening', 'connected']);
    world.pass(1100);
    expect(pull.statuses.at(-1)).toMatchObject({
      kind: 'disconnected',
      reason: 'a message came at less than 10 bytes a second',
    });
  });
});

describe('closing', () => {
  it('hands over what is left, then half-closes, and tells how much was left when the linger is over', () => {
    const world = new World();
    const pull = world.open('pull', { highWaterMark: 1 });
    pull.socket.bind(at);
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    let written = 0;
    while (push.socket.write([new Uint8Array(2000)])) written += 1;
    world.settle();
    push.socket.close(500);
    world.pass(499);
    expect(push.left).toEqual([]);
    world.pass(3);
    expect(push.left).toHaveLength(1);
    const { messages } = push.left[0]!;
    expect(messages).toBeGreaterThan(900);
    expect(messages).toBeLessThanOrEqual(written); // a batch that is half with the kernel counts
  });

  it('waits on while there is progress', () => {
    const world = new World();
    const pull = world.open('pull', { highWaterMark: 1 });
    pull.socket.bind(at);
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    let written = 0;
    for (; written < 200; written += 1) push.socket.write([new Uint8Array(2000)]);
    push.socket.close(300);
    let read = 0;
    while (read < written) {
      world.pass(5); // a batch, which is what progress is seen by, in half of the linger
      if (!pull.socket.read()) throw new Error(`nothing more after ${read}`);
      read += 1;
    }
    world.pass(10);
    expect(push.left).toEqual([{ messages: 0 }]);
    expect(push.kinds().at(-1)).toBe('closed');
  });

  it('sends what waits to a peer that appears only then', () => {
    const world = new World();
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    push.socket.write(bytes(7));
    push.socket.close(5000);
    world.pass(1000);
    expect(push.left).toEqual([]);
    const pull = world.open('pull');
    pull.socket.bind(at);
    world.pass(1000);
    expect(all(pull.socket)).toEqual([bytes(7)]);
    expect(push.left).toEqual([{ messages: 0 }]);
  });

  it('leaves nothing behind: no connection, no timer', () => {
    const world = new World();
    const pull = world.open('pull', { heartbeat: { intervalMs: 100, timeoutMs: 150, ttlMs: 0 } });
    pull.socket.bind(at);
    const push = world.open('push', { heartbeat: { intervalMs: 100, timeoutMs: 150, ttlMs: 0 } });
    push.socket.connect(at);
    push.socket.connect('tcp://127.0.0.1:6666');
    world.pass(250);
    push.socket.close(0);
    pull.socket.close(0);
    world.settle();
    expect(push.left).toEqual([{ messages: 0 }]);
    expect(pull.left).toEqual([{ messages: 0 }]);
    expect(world.network.connections()).toEqual([]);
    const before = push.statuses.length + pull.statuses.length;
    world.pass(35_000);
    expect(push.statuses.length + pull.statuses.length).toBe(before);
    expect(world.clock.timerCount).toBe(0);
  });
});

const silent = {
  target: () => new Uint8Array(100),
  filled: () => undefined,
  data: () => undefined,
  drained: () => undefined,
  ended: () => undefined,
  closed: () => undefined,
};

/** A PUSH that says what it is told, byte by byte. */
class RawPush {
  #write: (bytes: Uint8Array) => void = () => undefined;

  constructor(world: World) {
    world.network.tcp.connect(
      at,
      {},
      {
        opened: (stream) => {
          this.#write = (bytes) => void stream.write([bytes]);
          const greeting = new Uint8Array(64);
          greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 0x4e, 0x55, 0x4c, 0x4c]);
          const ready = Buffer.from('\x04\x1a\x05READY\x0bSocket-Type\x00\x00\x00\x04PUSH', 'latin1');
          stream.write([greeting, ready]);
          return silent;
        },
        failed: (reason) => {
          throw new Error(reason);
        },
      },
    );
  }

  send(...values: number[]): void {
    this.#write(Uint8Array.from(values));
  }
}
