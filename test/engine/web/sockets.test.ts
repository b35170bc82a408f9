import { expect, it } from 'vitest';
import { closeCodes } from '../../../src/engine/web/closeCodes.js';
import { all, bound, bytes, path, World } from './World.js';

const subscribedToAll = (socket: { subscribe(topic: Uint8Array): void }) => socket.subscribe(new Uint8Array());

it('brings what a PUB sends to the SUBs that want it', () => {
  const world = new World();
  const pub = world.open('pub');
  pub.socket.bind(bound);
  const [sub, other] = [world.open('sub'), world.open('sub')];
  for (const one of [sub, other]) one.socket.connect(path);
  subscribedToAll(sub.socket);
  other.socket.subscribe(Uint8Array.of(2));
  world.settle();
  expect(sub.kinds()).toEqual(['connecting', 'connected']);
  expect(pub.statuses.filter(({ kind }) => kind === 'subscribed').at(-1)).toMatchObject({ count: 2 });

  for (let i = 1; i < 4; i += 1) pub.socket.write(bytes(i));
  world.settle();
  expect(all(sub.socket)).toEqual([bytes(1), bytes(2), bytes(3)]);
  expect(all(other.socket)).toEqual([bytes(2)]);
});

it('holds a PUSH at the window and marks, and goes on when the other reads', () => {
  const world = new World();
  const push = world.open('push', { highWaterMark: 10 });
  push.socket.bind(bound);
  const pull = world.open('pull', { highWaterMark: 8 });
  pull.socket.connect(path);
  world.settle();
  let sent = 0;
  const fill = () => {
    while (push.socket.write(bytes(sent & 255))) {
      sent += 1;
      world.settle();
    }
  };
  fill();
  expect(sent).toBe(18); // the window of the one, the mark of the other
  const got: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    got.push(...all(pull.socket).map(([part]) => part![0]!));
    world.settle();
    fill();
  }
  got.push(...all(pull.socket).map(([part]) => part![0]!));
  expect(sent).toBeGreaterThan(300);
  expect(got).toEqual(Array.from({ length: got.length }, (_, i) => i & 255));
});

it('lets a message of any size through a small window', () => {
  const world = new World();
  const push = world.open('push');
  push.socket.bind(bound);
  const pull = world.open('pull', { web: { windowBytes: 65_536 } });
  pull.socket.connect(path);
  world.settle();
  const sizes = [100, 300_000, 10, 70_000, 65_536, 9000, 2_000_000];
  for (const size of sizes) expect(push.socket.write([new Uint8Array(size).fill(size & 255)])).toBe(true);
  const got: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    world.settle();
    got.push(...all(pull.socket).map(([part]) => part!.length));
  }
  expect(got).toEqual(sizes);
});

it('keeps the newest for one that asks for it, and sends nothing while that reads nothing', () => {
  const world = new World();
  const pub = world.open('pub');
  pub.socket.bind(bound);
  const sub = world.open('sub', { conflate: true });
  sub.socket.connect(path);
  subscribedToAll(sub.socket);
  world.settle();
  for (let i = 0; i < 200; i += 1) {
    pub.socket.write(bytes(i));
    world.settle();
  }
  expect(all(sub.socket)).toEqual([bytes(0), bytes(1)]);
  world.settle();
  expect(all(sub.socket)).toEqual([bytes(199)]);
  expect(pub.kinds()).not.toContain('dropped');
});

it('delivers all of what a PUSH had when it closes, and the reader reads on', () => {
  const world = new World();
  const pull = world.open('pull');
  pull.socket.bind(bound);
  const push = world.open('push');
  push.socket.connect(path);
  world.settle();
  for (let i = 0; i < 600; i += 1) expect(push.socket.write([new Uint8Array(2000).fill(i & 255)])).toBe(true);
  push.socket.close(Infinity);
  const got: number[] = [];
  for (let i = 0; i < 40; i += 1) {
    world.settle();
    got.push(...all(pull.socket).map(([part]) => part![0]!));
  }
  expect(got).toEqual(Array.from({ length: 600 }, (_, i) => i & 255));
  expect(push.left).toEqual([{ messages: 0 }]);
  expect(pull.kinds()).toContain('disconnected');
  expect(pull.kinds()).not.toContain('dropped');
});

it('keeps what was written between connections, and asks its topics anew', () => {
  const world = new World();
  const sub = world.open('sub');
  sub.socket.connect(path);
  subscribedToAll(sub.socket);
  world.settle();
  expect(sub.statuses).toContainEqual(
    expect.objectContaining({ kind: 'retrying', delayMs: 100, reason: 'nothing is bound there' }),
  );
  const first = world.open('pub');
  first.socket.bind(bound);
  world.pass(200);
  first.socket.write(bytes(1));
  first.socket.close(1000);
  world.pass(1000);
  const second = world.open('pub');
  second.socket.bind(bound);
  world.pass(2000);
  second.socket.write(bytes(2));
  world.settle();
  expect(all(sub.socket)).toEqual([bytes(1), bytes(2)]);
});

it('carries requests and their answers, with routing ids', () => {
  const world = new World();
  const router = world.open('router');
  router.socket.bind(bound);
  const dealer = world.open('dealer', { routingId: Uint8Array.of(7, 8) });
  dealer.socket.connect(path);
  world.settle();
  dealer.socket.write(bytes(1));
  world.settle();
  const [request] = all(router.socket);
  expect(request).toEqual([Uint8Array.of(7, 8), Uint8Array.of(1)]);
  router.socket.write([request![0]!, Uint8Array.of(2)]);
  world.settle();
  expect(all(dealer.socket)).toEqual([bytes(2)]);
});

it('takes back a request that has not left', () => {
  const world = new World({ windowBytes: 64 });
  const router = world.open('router', { highWaterMark: 1 });
  router.socket.bind(bound);
  const dealer = world.open('dealer');
  dealer.socket.connect(path);
  world.settle();
  const messages = [1, 2, 3, 4].map((i) => bytes(i));
  for (const message of messages) dealer.socket.write(message, true);
  world.settle();
  expect(dealer.socket.withdraw(messages[2]!)).toBe(true);
  expect(dealer.socket.withdraw(messages[2]!)).toBe(false);
  expect(dealer.socket.withdraw(messages[0]!)).toBe(false);
  const got = [];
  for (let i = 0; i < 9; i += 1) {
    got.push(...all(router.socket).map((parts) => parts[1]![0]));
    world.settle();
  }
  expect(got).toEqual([1, 2, 4]);
});

it('tells types that do not fit each other, on both sides, and tries again slowly', () => {
  const world = new World();
  const pull = world.open('pull');
  pull.socket.bind(bound);
  const sub = world.open('sub');
  sub.socket.connect(path);
  world.settle();
  const text = /socket does not talk to/;
  expect(sub.statuses).toContainEqual(
    expect.objectContaining({ kind: 'handshakeFailed', reason: expect.stringMatching(text) }),
  );
  expect(pull.statuses).toContainEqual(
    expect.objectContaining({ kind: 'handshakeFailed', reason: expect.stringMatching(text) }),
  );
  expect(sub.statuses.at(-1)).toMatchObject({ kind: 'retrying', delayMs: 30_000 });
});

it('gives a gateway its client back with the code of its end', () => {
  const heard: string[] = [];
  const world = new World(
    {},
    {
      connected: (type) => heard.push(`connected ${type}`),
      closed: (code, reason) => heard.push(`closed ${code} ${reason}`),
    },
  );
  const pull = world.open('pull');
  pull.socket.bind(bound);
  const push = world.open('push');
  push.socket.connect(path);
  world.settle();
  push.socket.close(1000);
  world.settle();
  expect(heard).toEqual(['connected push', `closed ${closeCodes.done} `]);
});

it('finds out by its pings that the peer is gone, and the peer by not getting any', () => {
  const world = new World();
  const pull = world.open('pull');
  pull.socket.bind(bound);
  const push = world.open('push');
  push.socket.connect(path);
  world.pass(200_000);
  expect(push.kinds()).toEqual(['connecting', 'connected']);
  expect(pull.kinds()).toEqual(['listening', 'connected']);
});

it('gives up an upgrade that nobody answers, and tries again', () => {
  let attempts = 0;
  let abandoned = 0;
  const world = new World({}, {}, () => ({
    connect() {
      attempts += 1;
      return () => void (abandoned += 1);
    },
  }));
  const { socket, statuses } = world.open('sub', { limits: { handshakeTimeoutMs: 500 } });
  socket.connect(path);
  world.settle();
  world.clock.advance(499);
  expect([attempts, abandoned]).toEqual([1, 0]);
  world.clock.advance(1);
  expect(abandoned).toBe(1);
  expect(statuses.at(-1)).toMatchObject({
    kind: 'retrying',
    reason: 'no upgrade within 500 ms',
  });
  world.clock.advance(200);
  expect(attempts).toBe(2);
  socket.close(0);
  world.settle();
  expect(abandoned).toBe(2);
});

it('leaves no timer behind', () => {
  const world = new World();
  const pull = world.open('pull');
  pull.socket.bind(bound);
  const push = world.open('push');
  push.socket.connect(path);
  world.pass(100);
  push.socket.close(0);
  pull.socket.close(0);
  world.settle();
  expect(world.clock.timerCount).toBe(0);
  expect(pull.left).toEqual([{ messages: 0 }]);
});
