import { describe, expect, it } from 'vitest';
import { all, at, bytes, World } from './World.js';

const TIMEOUT_MS = 120;
const beats = { intervalMs: 50, timeoutMs: TIMEOUT_MS, ttlMs: TIMEOUT_MS };
/** What the slow wire carries in about six times that. */
const LARGE = 1_000_000;
const SLOW = 256;

/** A PUSH and a PULL, of which one is bound. */
function meet(binding: 'push' | 'pull', options: { heartbeat?: typeof beats; highWaterMark?: number } = {}) {
  const world = new World(SLOW);
  const push = world.open('push', { ...options, lingerMs: TIMEOUT_MS });
  const pull = world.open('pull', options);
  const [bound, other] = binding === 'push' ? [push, pull] : [pull, push];
  bound.socket.bind(at);
  world.settle();
  other.socket.connect(at);
  world.settle();
  const lost = () => [...push.statuses, ...pull.statuses].filter(({ kind }) => kind === 'dropped');
  return { world, push, pull, lost };
}

describe.each(['push', 'pull'] as const)('where the %s is bound', (binding) => {
  it('a message that takes many timeouts arrives, heartbeats of both sides notwithstanding', () => {
    const { world, push, pull } = meet(binding, { heartbeat: beats });
    expect(push.socket.write([new Uint8Array(LARGE)])).toBe(true);
    push.socket.write(bytes(1));
    world.pass(3 * TIMEOUT_MS);
    expect(all(pull.socket)).toEqual([]);
    world.pass(30 * TIMEOUT_MS);
    expect(all(pull.socket).map(([part]) => part?.length)).toEqual([LARGE, 1]);
    expect([...push.kinds(), ...pull.kinds()]).not.toContain('disconnected');
  });

  it.each(['close', 'leave'] as const)('a linger does not cut it while it goes on: %s', (way) => {
    const { world, push, pull, lost } = meet(binding);
    push.socket.write([new Uint8Array(LARGE)]);
    push.socket.write(bytes(1));
    world.pass(1);
    if (way === 'close') push.socket.close(TIMEOUT_MS);
    else if (binding === 'push') push.socket.unbind(at);
    else push.socket.disconnect(at);
    world.pass(3 * TIMEOUT_MS);
    expect(all(pull.socket)).toEqual([]);
    world.pass(30 * TIMEOUT_MS);
    expect(all(pull.socket).map(([part]) => part?.length)).toEqual([LARGE, 1]);
    expect(lost()).toEqual([]);
    if (way === 'close') expect(push.left).toEqual([{ messages: 0 }]);
  });

  it('a linger does cut it where it stands still, two of them after the last byte at the latest', () => {
    const { world, push, pull } = meet(binding);
    push.socket.write([new Uint8Array(LARGE)]);
    push.socket.write(bytes(1));
    world.pass(1);
    push.socket.close(TIMEOUT_MS);
    world.pass(2 * TIMEOUT_MS);
    expect(push.left).toEqual([]);
    for (const connection of world.network.connections()) connection.stall();
    world.pass(2 * TIMEOUT_MS);
    expect(push.left).toEqual([{ messages: 2 }]);
    for (const connection of world.network.connections()) connection.release();
    world.pass(200);
    expect(all(pull.socket)).toEqual([]);
    expect(pull.statuses).toContainEqual(expect.objectContaining({ kind: 'dropped', count: 1 }));
  });

  it('both sides say what is lost with a wire that breaks in the middle of it', () => {
    const { world, push, pull } = meet(binding, { heartbeat: beats });
    push.socket.write([new Uint8Array(LARGE)]);
    world.pass(2 * TIMEOUT_MS);
    for (const connection of world.network.connections()) connection.cut();
    world.pass(200);
    for (const { statuses } of [push, pull]) {
      expect(statuses).toContainEqual(expect.objectContaining({ kind: 'dropped', count: 1 }));
    }
  });

  it('a receiver that stalls longer than the timeouts costs no message and no order', () => {
    const { world, push, pull } = meet(binding, { heartbeat: beats, highWaterMark: 3 });
    const received: (number | undefined)[] = [];
    let sent = 0;
    for (let round = 0; round < 6; round += 1) {
      while (sent < 256 && push.socket.write([new Uint8Array(1000).fill(sent)])) sent += 1;
      world.pass(20 * TIMEOUT_MS); // nothing is read
      for (let i = 0; i < 40; i += 1) {
        received.push(...all(pull.socket).map(([part]) => part?.[0]));
        world.pass(1);
      }
    }
    expect(received).toEqual(Array.from({ length: sent }, (_, i) => i));
    expect([...push.kinds(), ...pull.kinds()]).not.toContain('disconnected');
  });

  it('gets over a wire that is silent in the middle of a message, where nobody asked for heartbeats', () => {
    const { world, push, pull, lost } = meet(binding);
    for (let i = 0; i < 5; i += 1) push.socket.write([new Uint8Array(LARGE).fill(i)]);
    world.pass(2 * TIMEOUT_MS);
    for (const connection of world.network.connections()) connection.stall();
    world.pass(25_000);
    for (const connection of world.network.connections()) connection.release();
    world.pass(5000);
    expect(all(pull.socket).map(([part]) => part?.[0])).toEqual([0, 1, 2, 3, 4]);
    expect(lost()).toEqual([]);
    expect(pull.kinds()).not.toContain('disconnected');
  });
});

it('a connection that a stream socket ends goes on as long as it gets on', () => {
  const world = new World(SLOW);
  const stream = world.open('stream', { lingerMs: TIMEOUT_MS });
  stream.socket.bind(at);
  world.settle();
  let received = 0;
  let ended = false;
  const buffer = new Uint8Array(65_536);
  const listener = {
    target: () => buffer,
    filled: (count: number) => void (received += count),
    data: (chunk: Uint8Array) => void (received += chunk.length),
    drained: () => undefined,
    ended: () => void (ended = true),
    closed: () => void (ended = true),
  };
  const failed = (reason: string): never => {
    throw new Error(reason);
  };
  world.network.tcp.connect(at, {}, { opened: () => listener, failed });
  world.settle();
  const [[id]] = all(stream.socket) as [[Uint8Array]];
  expect(stream.socket.write([id, new Uint8Array(LARGE)])).toBe(true);
  expect(stream.socket.write([id, new Uint8Array()])).toBe(true); // ends it
  world.pass(3 * TIMEOUT_MS);
  expect(ended).toBe(false);
  world.pass(30 * TIMEOUT_MS);
  expect(ended).toBe(true);
  expect(received).toBe(LARGE);
});
