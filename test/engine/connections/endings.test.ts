import { describe, expect, it } from 'vitest';
import { all, at, bytes, World } from './World.js';

const LINGER_MS = 500;
/** Longer than any wait between tries. */
const LONG_MS = 3000;

/** How an endpoint of each kind is, and what becomes of one that is left while nobody is there. */
describe.each(['push', 'dealer', 'client', 'pair'] as const)('a %s that leaves an endpoint where nobody is', (type) => {
  const far = ({ push: 'pull', dealer: 'router', client: 'server', pair: 'pair' } as const)[type];

  describe.each([at, 'inproc://nobody'])('(%s)', (endpoint) => {
    function left(lingerMs: number) {
      const world = new World();
      const near = world.open(type, { lingerMs });
      near.socket.connect(endpoint);
      world.settle();
      expect(near.socket.write(bytes(1))).toBe(true);
      expect(near.socket.disconnect(endpoint)).toBe(true);
      expect(near.socket.disconnect(endpoint)).toBe(false);
      return { world, ...near };
    }

    it('gives up what it had for it once the linger is over, and says so', () => {
      const { world, statuses, kinds, socket } = left(LINGER_MS);
      world.pass(LINGER_MS - 1);
      expect(kinds()).not.toContain('dropped');
      world.pass(200);
      expect(statuses.at(-1)).toMatchObject({
        kind: 'dropped',
        count: 1,
        reason: `${endpoint} was left, and did not take them within the linger`,
      });
      const told = statuses.length;
      const late = world.open(far);
      late.socket.bind(endpoint);
      world.pass(LONG_MS);
      expect(all(late.socket)).toEqual([]);
      expect(late.kinds()).toEqual(['listening']);
      expect(statuses).toHaveLength(told);
      socket.close(0);
      late.socket.close(0);
      world.settle();
      expect(world.clock.timerCount).toBe(0);
    });

    it('still sends it to who comes in time, and leaves then', () => {
      const { world, kinds } = left(Infinity);
      world.pass(LONG_MS);
      const late = world.open(far);
      late.socket.bind(endpoint);
      world.pass(LONG_MS);
      expect(all(late.socket).map((parts) => parts.at(-1))).toEqual(bytes(1));
      expect(late.kinds()).toEqual(['listening', 'connected', 'disconnected']);
      expect(kinds()).not.toContain('dropped');
    });

    it('drops it at once with a linger of 0', () => {
      const { world, kinds } = left(0);
      world.pass(101);
      expect(kinds().at(-1)).toBe('dropped');
      const late = world.open(far);
      late.socket.bind(endpoint);
      world.pass(LONG_MS);
      expect(late.kinds()).toEqual(['listening']);
    });

    it('keeps it no longer than its own linger when it is closed meanwhile, and counts it', () => {
      const before = left(Infinity);
      before.socket.close(LINGER_MS);
      before.world.pass(LINGER_MS - 1);
      expect(before.left).toEqual([]);
      before.world.pass(2);
      expect(before.left).toEqual([{ messages: 1 }]);
      expect(before.world.clock.timerCount).toBe(0);
    });
  });

  it('leaves it at once where it has nothing for it', () => {
    const world = new World();
    const near = world.open(type, { lingerMs: Infinity });
    near.socket.connect(at);
    world.settle();
    near.socket.disconnect(at);
    const told = near.statuses.length;
    world.pass(LONG_MS);
    expect(near.statuses).toHaveLength(told);
    expect(world.clock.timerCount).toBe(0);
  });

  it('does not even try where it has not started', () => {
    const world = new World();
    const near = world.open(type);
    near.socket.connect(at);
    near.socket.disconnect(at);
    world.pass(LONG_MS);
    expect(near.statuses).toEqual([]);
  });
});

describe.each(['disconnect', 'unbind'] as const)('%s of an endpoint whose peer does not read', (way) => {
  function stalled(lingerMs: number) {
    const world = new World();
    const pull = world.open('pull', { highWaterMark: 1 });
    const push = world.open('push', { lingerMs });
    const [binding, connecting] = way === 'unbind' ? [push, pull] : [pull, push];
    binding.socket.bind(at);
    world.settle();
    connecting.socket.connect(at);
    world.settle();
    let written = 0;
    while (push.socket.write([new Uint8Array(2000)])) written += 1;
    world.settle();
    expect(push.socket[way](at)).toBe(true);
    return { world, push, pull, written };
  }

  it('ends with the linger, and says what was lost', () => {
    const { world, push, pull, written } = stalled(LINGER_MS);
    world.pass(LINGER_MS - 1);
    expect(push.kinds()).not.toContain('dropped');
    world.pass(LINGER_MS);
    const dropped = push.statuses.flatMap((status) => (status.kind === 'dropped' ? [status.count] : []));
    expect(dropped).toHaveLength(1);
    expect(dropped[0]).toBeGreaterThan(900);
    let read = 0;
    while (pull.socket.read()) {
      read += 1;
      world.pass(1);
    }
    expect(dropped[0]! + read).toBeGreaterThanOrEqual(written); // a batch that is half with the kernel counts
    expect(dropped[0]).toBeLessThanOrEqual(written);
    expect(pull.kinds()).toContain('disconnected');
    expect(world.network.connections()).toEqual([]);
  });

  it('goes on for as long as it gets on', () => {
    const { world, push, pull, written } = stalled(300);
    for (let read = 0; read < written; read += 1) {
      world.pass(5); // a batch, which is what progress is seen by, in half of the linger
      if (!pull.socket.read()) throw new Error(`nothing more after ${read}`);
    }
    world.pass(200);
    expect(push.kinds()).not.toContain('dropped');
    expect(world.network.connections()).toEqual([]);
  });
});

describe('a connection that a stream socket ends', () => {
  it('is dropped with the linger where its peer does not read', () => {
    const world = new World();
    const stream = world.open('stream', { lingerMs: LINGER_MS });
    stream.socket.bind(at);
    world.settle();
    let ended = false;
    let readOn = (): void => undefined;
    const nothing = (): void => undefined;
    const readPaused = { target: () => new Uint8Array(100), filled: nothing, data: nothing, drained: nothing };
    world.network.tcp.connect(
      at,
      {},
      {
        opened: (raw) => {
          raw.pause();
          readOn = () => raw.resume();
          return { ...readPaused, ended: () => (ended = true), closed: () => (ended = true) };
        },
        failed: (reason) => {
          throw new Error(reason);
        },
      },
    );
    world.settle();
    const [[id]] = all(stream.socket) as [[Uint8Array]];
    while (stream.socket.write([id, new Uint8Array(2000)]));
    stream.socket.write([id, new Uint8Array()]);
    world.pass(LINGER_MS - 1);
    expect(stream.kinds()).not.toContain('dropped');
    world.pass(200);
    expect(stream.kinds()).toContain('dropped');
    readOn();
    world.settle();
    expect(ended).toBe(true);
  });

  it('does not keep a socket from closing that ends it meanwhile', () => {
    const world = new World();
    const stream = world.open('stream');
    stream.socket.connect(at, { routingId: Uint8Array.of(1) });
    const push = world.open('stream');
    push.socket.bind(at);
    world.pass(10);
    stream.socket.write([Uint8Array.of(1), bytes(1)[0]!]);
    stream.socket.write([Uint8Array.of(1), new Uint8Array()]);
    stream.socket.close(Infinity);
    world.pass(50);
    expect(stream.left).toEqual([{ messages: 0 }]);
  });
});
