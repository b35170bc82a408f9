import { describe, expect, it } from 'vitest';
import { MemoryNetwork, type MemoryNetworkOptions } from '../../../../src/engine/carriers/memory/MemoryNetwork.js';
import { defaultClock } from '../../../../src/rx/defaultClock.js';
import { FakeClock } from '../../../helpers/FakeClock.js';
import { carrierContract } from '../carrierContract.js';
import { Connecting, Listening, pattern, same, type Side } from '../Side.js';

describe.each(['tcp', 'ipc'] as const)('%s in memory, as the real one', (transport) => {
  const network = new MemoryNetwork({ clock: defaultClock });
  carrierContract({
    carrier: network[transport],
    wildcard: transport === 'tcp' ? 'tcp://127.0.0.1:*' : 'ipc://*',
    freeEndpoint: async () => (transport === 'tcp' ? 'tcp://127.0.0.1:5555' : 'ipc://free'),
    peerAddress: transport === 'tcp' ? '127.0.0.1' : '',
    openCount: () => network.connections().length,
  });
});

/** A network whose tasks run when they are told to, and whose time stands still. */
class World {
  readonly clock = new FakeClock();
  readonly network: MemoryNetwork;
  /** Timers that run. */
  readonly timers = new Set<symbol>();
  #tasks: (() => void)[] = [];

  constructor(options: Omit<MemoryNetworkOptions, 'clock' | 'schedule'> = {}) {
    const { now, realMs, wallNs, soon, afterIO, after } = this.clock;
    const clock = {
      now,
      realMs,
      wallNs,
      soon,
      afterIO,
      after: (ms: number, callback: () => void) => {
        const timer = Symbol();
        this.timers.add(timer);
        const cancel = after(ms, () => {
          this.timers.delete(timer);
          callback();
        });
        return () => {
          this.timers.delete(timer);
          cancel();
        };
      },
    };
    this.network = new MemoryNetwork({ clock, schedule: (task) => this.#tasks.push(task), ...options });
  }

  /** Runs tasks until there are none. */
  run(): void {
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) task();
  }

  /** Lets time go by, 1 ms after the other. */
  pass(ms: number): void {
    this.run();
    for (let i = 0; i < ms; i += 1) {
      this.clock.spend(1);
      this.clock.turn();
      this.run();
    }
  }

  /** What becomes of binding an endpoint. */
  listen(endpoint: string): Listening {
    const listening = new Listening(this.network[transportOf(endpoint)], endpoint);
    this.run();
    return listening;
  }

  connect(endpoint: string, options = {}): Connecting {
    const attempt = new Connecting(this.network[transportOf(endpoint)], endpoint, options);
    this.run();
    return attempt;
  }

  pair(endpoint = 'tcp://127.0.0.1:5555'): { near: Side; far: Side; listening: Listening } {
    const listening = this.listen(endpoint);
    const attempt = this.connect(endpoint);
    return { near: attempt.side!, far: listening.sides[0]!, listening };
  }
}

const transportOf = (endpoint: string) => endpoint.slice(0, 3) as 'tcp' | 'ipc';
const hello = new TextEncoder().encode('hello');

describe('time', () => {
  it('is only that of the clock and the tasks', () => {
    const world = new World();
    const { near, far } = world.pair();
    near.write(hello);
    expect(far.received).toBe(0);
    world.run();
    expect(far.bytes).toEqual(hello);
    expect(world.clock.soonCount).toBe(0);
  });

  it('is the clock’s next turn where no other way to schedule is given', () => {
    const clock = new FakeClock();
    const network = new MemoryNetwork({ clock });
    const listening = new Listening(network.ipc, 'ipc://a');
    expect(listening.heard).toEqual([]);
    clock.turn();
    expect(listening.heard).toEqual(['listening']);
  });

  it('passes on the way, as long as is chosen', () => {
    const world = new World({ latencyMs: 10 });
    const listening = world.listen('tcp://*:5555');
    const attempt = world.connect('tcp://127.0.0.1:5555');
    world.pass(9);
    expect(listening.sides).toEqual([]);
    world.pass(1);
    const far = listening.sides[0]!;
    far.write(hello);
    world.pass(9);
    expect(attempt.heard).toEqual([]);
    world.pass(1);
    expect(attempt.heard).toEqual(['opened']);
    const near = attempt.side!;
    expect(near.bytes).toEqual(hello);

    near.write(hello);
    world.pass(5);
    near.write(hello);
    near.end();
    world.pass(5);
    expect(far.bytes).toEqual(hello);
    world.pass(4);
    expect([far.received, far.heard]).toEqual([5, ['read']]);
    world.pass(1);
    expect([far.received, far.heard]).toEqual([10, ['read', 'read', 'ended']]);

    far.destroy();
    world.pass(9);
    expect(near.heard).toEqual(['read']);
    world.pass(1);
    expect(near.heard).toEqual(['read', 'closed']);
    const refused = world.connect('tcp://127.0.0.1:1');
    world.pass(19);
    expect(refused.heard).toEqual([]);
    world.pass(1);
    expect(refused.heard).toEqual(['failed']);
  });

  it('lets go of what nobody wants any more when the answer comes', () => {
    const world = new World({ latencyMs: 10 });
    const listening = world.listen('tcp://*:5555');
    const attempt = world.connect('tcp://127.0.0.1:5555');
    world.pass(15);
    attempt.cancel();
    world.pass(15);
    expect([attempt.heard, listening.sides[0]!.heard]).toEqual([[], ['ended']]);
    listening.sides[0]!.end();
    world.pass(1);
    expect([listening.sides[0]!.heard, world.network.connections()]).toEqual([['ended', 'closed'], []]);
  });

  it('tells of a reset only once word of it is back', () => {
    const world = new World({ latencyMs: 10 });
    world.listen('tcp://*:5555');
    const attempt = world.connect('tcp://127.0.0.1:5555');
    world.pass(20);
    const { near, far } = { near: attempt.side!, far: world.network.connections()[0]!.far };
    far.destroy();
    near.write(hello);
    world.pass(10);
    expect(near.heard).toEqual(['ended']);
    world.pass(10);
    expect(near.heard).toEqual(['ended', 'closed']);
    expect(near.error?.code).toBe('ECONNRESET');
  });

  it('runs out for a peer that says nothing after our end', () => {
    const world = new World();
    const { near, far } = world.pair();
    near.end();
    world.pass(20_000);
    far.write(hello);
    world.pass(29_999);
    expect([near.heard, far.heard]).toEqual([[], ['ended']]);
    world.pass(1);
    expect(near).toMatchObject({
      heard: ['closed'],
      reason: 'the peer was silent for 30000 ms after this side had closed',
    });
    far.write(hello);
    world.run();
    expect(far.heard).toEqual(['ended', 'closed']);
  });

  it('is let go with all that waits for it', () => {
    const world = new World();
    const { near, far } = world.pair();
    near.end();
    world.run();
    expect(world.timers.size).toBe(1);
    far.end();
    world.run();
    expect([near.heard, far.heard]).toEqual([['closed'], ['ended', 'closed']]);
    world.connect('tcp://127.0.0.1:1');
    world.connect('tcp://127.0.0.1:5555').side!.destroy();
    world.connect('ipc://a', { connectTimeoutMs: 5 }).cancel();
    expect(world.timers.size).toBe(0);
  });

  it('is not spent on what is cancelled in the same task', () => {
    const world = new World();
    const listening = world.listen('tcp://*:5555');
    new Connecting(world.network.tcp, 'tcp://127.0.0.1:5555').cancel();
    world.run();
    expect(listening.sides).toEqual([]);
  });

  it('runs out for an attempt that nobody answers', () => {
    const world = new World();
    world.listen('tcp://*:5555');
    world.network.answer('tcp://127.0.0.1:5555', 'silence');
    const limited = world.connect('tcp://127.0.0.1:5555', { connectTimeoutMs: 50 });
    const patient = world.connect('tcp://localhost:5555');
    world.pass(49);
    expect(limited.heard).toEqual([]);
    world.pass(1);
    expect(limited).toMatchObject({ heard: ['failed'], reason: 'no answer within 50 ms (ETIMEDOUT)' });
    world.pass(126_949);
    expect(patient.heard).toEqual([]);
    world.pass(1);
    expect(patient.heard).toEqual(['failed']);
  });
});

describe('what a connection holds', () => {
  it('is its buffer, and no more', () => {
    const world = new World({ bufferBytes: 1000 });
    const { near, far } = world.pair();
    far.pause();
    expect(near.write(pattern(600), pattern(400))).toBe(true);
    const large = pattern(2500, 9);
    expect(near.write(large.subarray(0, 200), large.subarray(200))).toBe(false);
    world.run();
    expect([near.heard, far.received]).toEqual([[], 0]);
    far.resume();
    world.run();
    expect(near.heard).toEqual(['drained']);
    expect(same(far.bytes.subarray(1000), large)).toBe(true);
    expect(far.reads.every(([, count]) => count <= 1000)).toBe(true);
  });

  it('is read in pieces of the sizes that are chosen, in place where it connects', () => {
    let size = 0;
    const world = new World({ readBytes: () => (size = (size % 3) + 1) });
    const { near, far } = world.pair();
    near.write(pattern(9));
    far.write(pattern(9));
    world.run();
    expect(far.reads.map(([how]) => how)).toEqual(far.reads.map(() => 'data'));
    expect(near.reads.map(([how]) => how)).toEqual(['data', ...near.reads.slice(1).map(() => 'filled')]);
    expect([...near.reads, ...far.reads].every(([, count]) => count <= 3)).toBe(true);
    expect([near.bytes, far.bytes]).toEqual([pattern(9), pattern(9)]);
  });
});

describe('what can happen to a connection', () => {
  it('it is cut: both sides hear of a reset, and what was on its way is lost', () => {
    const world = new World();
    const { near, far } = world.pair();
    const [connection] = world.network.connections('tcp://localhost:5555');
    near.write(hello);
    connection!.cut();
    connection!.cut();
    world.run();
    for (const side of [near, far]) {
      expect(side).toMatchObject({
        heard: ['closed'],
        reason: 'the peer reset the connection (ECONNRESET)',
        received: 0,
      });
    }
    expect(world.network.connections()).toEqual([]);
  });

  it('it stalls, in a direction or both: all waits, and comes when it is released', () => {
    const world = new World({ bufferBytes: 1000 });
    const { near, far } = world.pair();
    const [connection] = world.network.connections();
    connection!.stall('forth');
    expect([near.write(pattern(2000)), far.write(hello)]).toEqual([false, true]);
    near.end();
    world.run();
    expect([near.received, far.heard]).toEqual([0, []]); // near has ended and discards
    connection!.release('forth');
    world.run();
    expect(same(far.bytes, pattern(2000))).toBe(true);
    expect(far.heard.at(-1)).toBe('ended');

    const { near: one, far: two } = world.pair('tcp://127.0.0.1:5556');
    const [other] = world.network.connections('tcp://127.0.0.1:5556');
    other!.stall();
    one.write(hello);
    two.destroy();
    world.run();
    expect([one.heard, two.heard]).toEqual([[], ['closed']]);
    other!.release('back');
    world.run();
    expect(one.heard).toEqual(['ended']);
    other!.stall('back');
    other!.release('forth');
    world.run();
    expect(one.heard).toEqual(['ended']); // what it wrote has come to nobody, and word of that is on its way
    other!.release();
    world.run();
    expect(one.heard).toEqual(['ended', 'closed']);
  });

  it('it does not come about: refused for as long as is chosen', () => {
    const world = new World();
    const endpoint = 'tcp://127.0.0.1:5555';
    const listening = world.listen(endpoint);
    world.network.answer(endpoint, 'refuse');
    expect(world.connect(endpoint)).toMatchObject({
      heard: ['failed'],
      reason: 'connection refused (ECONNREFUSED)',
      error: { code: 'ECONNREFUSED' },
    });
    expect(listening.sides).toEqual([]);
    world.network.answer(endpoint, 'accept');
    expect(world.connect(endpoint).heard).toEqual(['opened']);
  });
});

describe('addresses', () => {
  it.each([
    ['tcp://*:5555', 'tcp://0.0.0.0:5555', ['tcp://127.0.0.1:5555', 'tcp://localhost:5555', 'tcp://radio:5555']],
    ['tcp://127.0.0.1:5555', 'tcp://127.0.0.1:5555', ['tcp://localhost:5555', 'tcp://127.0.0.2:*;127.0.0.1:5555']],
    ['tcp://lo:5555', 'tcp://127.0.0.1:5555', ['tcp://127.0.0.1:5555', 'tcp://0.0.0.0:5555']],
    ['tcp://radio:5555', 'tcp://radio:5555', ['tcp://radio:5555']],
    ['tcp://[::1]:5555', 'tcp://[::1]:5555', ['tcp://[::1]:5555']],
    ['tcp://[::]:5555', 'tcp://[::]:5555', ['tcp://[::1]:5555', 'tcp://127.0.0.1:5555', 'tcp://radio:5555']],
    ['ipc://a/b', 'ipc://a/b', ['ipc://a/b']],
    ['ipc://@a', 'ipc://@a', ['ipc://@a']],
    ['ipc://*', 'ipc:///tmp/tmp000001/socket', ['ipc:///tmp/tmp000001/socket']],
  ])('%s is %s', (bind, real, reached) => {
    const world = new World();
    expect(world.listen(bind).endpoint).toBe(real);
    for (const endpoint of reached) expect(world.connect(endpoint).heard).toEqual(['opened']);
    for (const endpoint of ['tcp://radio.test:1', 'tcp://[::2]:5', 'ipc://b']) {
      expect(world.connect(endpoint).heard).toEqual(['failed']);
    }
  });

  it.each([
    ['tcp://127.0.0.1:5555', 'tcp://radio:5555', 'tcp://localhost:5555'],
    ['tcp://127.0.0.1:5555', 'tcp://127.0.0.1:5556', 'tcp://*:5555'],
    ['tcp://*:5555', 'tcp://[::1]:5555', 'tcp://127.0.0.1:5555'],
    ['tcp://[::]:5555', 'tcp://*:5556', 'tcp://*:5555'],
    ['ipc://a', 'ipc://b', 'ipc://a'],
  ])('%s leaves %s free, but not %s', (one, free, taken) => {
    const world = new World();
    const first = world.listen(one);
    expect(world.listen(free).heard).toEqual(['listening']);
    expect(world.listen(taken)).toMatchObject({ heard: ['failed'], reason: 'the address is in use (EADDRINUSE)' });
    void first.stop();
    world.run();
    expect(world.listen(one).heard).toEqual(['listening']);
  });

  it('that are made up are never two of the same', () => {
    const world = new World();
    expect(world.listen('tcp://127.0.0.1:49153').endpoint).toBe('tcp://127.0.0.1:49153');
    const made = Array.from({ length: 200 }, (_, i) => world.listen(i % 2 ? 'tcp://127.0.0.1:*' : 'ipc://*').endpoint);
    expect(new Set([...made, 'tcp://127.0.0.1:49153']).size).toBe(201);
  });

  it('are how the sides see each other', () => {
    const world = new World();
    world.listen('tcp://[::]:5555');
    const seen = (endpoint: string) => {
      const near = world.connect(endpoint).side!;
      return [near.stream.peerAddress, world.network.connections().at(-1)!.far.peerAddress];
    };
    expect(seen('tcp://127.0.0.1:5555')).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(seen('tcp://radio:5555')).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(seen('tcp://127.0.0.9:*;10.0.0.1:5555')).toEqual(['10.0.0.1', '127.0.0.9']);
    expect(seen('tcp://eth0:*;[::1]:5555')).toEqual(['::1', '::1']);
  });

  it('are known in their own network only', () => {
    new World().listen('tcp://*:5555');
    expect(new World().connect('tcp://127.0.0.1:5555').heard).toEqual(['failed']);
  });
});
