import { describe, expect, it } from 'vitest';
import { DEAF_MS } from '../../../src/engine/connections/Refused.js';
import { all, at, bytes, World } from './World.js';

const tooMany = Array.from({ length: 5 }, () => new Uint8Array(1));

function joined(binder: 'push' | 'pull') {
  const world = new World();
  const pull = world.open('pull', { limits: { maxParts: 4 }, highWaterMark: 2 });
  const push = world.open('push');
  const [bound, connecting] = binder === 'push' ? [push, pull] : [pull, push];
  bound.socket.bind(at);
  world.settle();
  connecting.socket.connect(at);
  world.settle();
  return { world, push, pull };
}

describe.each(['push', 'pull'] as const)('a message that breaks a limit, where the %s binds', (binder) => {
  it('is told at both ends, once, and what is sent later arrives', () => {
    const { world, push, pull } = joined(binder);
    push.socket.write(bytes(1));
    push.socket.write(tooMany);
    world.pass(200);
    const reason = 'a message of more than 4 parts: that is maxParts';
    expect(pull.statuses.filter(({ kind }) => kind === 'disconnected')).toMatchObject([{ reason }]);
    expect(push.statuses.filter(({ kind }) => kind === 'disconnected')).toMatchObject([
      { reason: `the peer refused it: '${reason}'` },
    ]);
    expect(push.statuses.filter(({ kind }) => kind === 'dropped')).toMatchObject([{ count: undefined }]);
    world.pass(1100);
    expect(push.socket.write(bytes(2))).toBe(true);
    world.settle();
    expect(all(pull.socket)).toEqual([bytes(1), bytes(2)]);
    push.socket.close(0);
    pull.socket.close(0);
    world.settle();
    expect(world.network.connections()).toEqual([]);
    expect(world.clock.timerCount).toBe(0);
  });

  it('is told to a sender that closes behind it, as soon as its receiver gets there', () => {
    const { world, push, pull } = joined(binder);
    for (let i = 0; i < 10; i += 1) push.socket.write([new Uint8Array(2000)]);
    push.socket.write(tooMany);
    push.socket.close(5000);
    world.pass(100);
    expect(push.left).toEqual([]);
    for (let i = 0; i < 10; i += 1) {
      expect(pull.socket.read()).toBeDefined();
      world.pass(10);
    }
    expect(push.left).toEqual([{ messages: 0 }]);
    expect(push.statuses.slice(-2)).toMatchObject([{ kind: 'dropped' }, { kind: 'closed' }]);
    pull.socket.close(0);
    world.settle();
    expect(world.clock.timerCount).toBe(0);
  });
});

describe('a socket that closes, whose peer', () => {
  it('does not read, ends with its linger, and loses nothing', () => {
    const { world, push, pull } = joined('pull');
    for (let i = 0; i < 3; i += 1) push.socket.write(bytes(i));
    world.settle();
    for (let i = 3; i < 6; i += 1) push.socket.write(bytes(i));
    push.socket.close(500);
    world.pass(499);
    expect(push.left).toEqual([]);
    world.pass(3);
    expect(push.left).toEqual([{ messages: 0 }]);
    expect(push.kinds()).not.toContain('dropped');
    const read = [...all(pull.socket)];
    world.settle();
    expect([...read, ...all(pull.socket)]).toEqual([0, 1, 2, 3, 4, 5].map((i) => bytes(i)));
  });

  it('never closes its side, ends within half a minute though its linger is endless', () => {
    const world = new World();
    let drip = (): void => undefined;
    world.network.tcp.listen(
      at,
      {},
      {
        listening: () => undefined,
        accepted: (stream) => {
          const greeting = new Uint8Array(64);
          greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 0x4e, 0x55, 0x4c, 0x4c]);
          stream.write([greeting, Buffer.from('\x04\x1a\x05READY\x0bSocket-Type\x00\x00\x00\x04PULL', 'latin1')]);
          drip = () => void stream.write([Uint8Array.of(0, 1, 7)]);
          return {
            target: () => new Uint8Array(100),
            filled: () => undefined,
            data: () => undefined,
            drained: () => undefined,
            ended: () => undefined,
            closed: () => undefined,
          };
        },
        failed: () => undefined,
      },
    );
    const push = world.open('push');
    push.socket.connect(at);
    world.settle();
    push.socket.write(bytes(1));
    push.socket.close(Infinity);
    for (let passed = 0; passed < DEAF_MS; passed += 100) {
      expect(push.left).toEqual([]);
      drip();
      world.pass(100);
    }
    world.pass(2);
    expect(push.left).toEqual([{ messages: 0 }]);
  });
});
