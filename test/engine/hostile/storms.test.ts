import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { command, frame, greeting, ready } from './support/bytes.js';
import { addressOf, drop, gone } from './support/dial.js';
import { HurriedClock } from './support/HurriedClock.js';
import { connectionsOpen, memoryInUse } from './support/memory.js';
import { PEER_OF, Target, TARGETS } from './support/Target.js';

const HANDSHAKE_MS = 30_000;
/** What a rep drops of replies to the gone is told after so long. */
const TELL_DROPPED_MS = 100;

/** How a visitor behaves: what it says, and how it leaves. */
type Visit = (socket: Socket, hello: Buffer) => void;

const visits: readonly Visit[] = [
  (socket) => socket.destroy(),
  (socket) => drop(socket),
  (socket, hello) => socket.end(hello),
  (socket, hello) => void socket.write(hello, () => drop(socket)),
  (socket, hello) => socket.end(Buffer.concat([hello, frame(0, 'x'), command('SUBSCRIBE', 'x'), frame(1, 'half')])),
  (socket, hello) => socket.end(hello.subarray(0, 70)),
  (socket) => socket.end('GET / HTTP/1.1\r\n\r\n'),
  (socket, hello) => socket.end(Buffer.concat([hello, Buffer.from('ffff', 'hex')])),
];

describe.each(TARGETS)('thousands of peers that come to a live %s and go', (type) => {
  it('leave nothing behind', async () => {
    const clock = new HurriedClock();
    const target = await Target.open(type, 'tcp', { clock });
    onTestFinished(() => target.close());
    const hello = Buffer.concat([greeting(), ready(PEER_OF[type])]);
    const storm = async (count: number) => {
      for (let i = 0; i < count; i += 25) await Promise.all(Array.from({ length: 25 }, (_, n) => visit(i + n)));
      while (clock.running(HANDSHAKE_MS) + clock.running(TELL_DROPPED_MS) > 0) await target.goesOn(1);
      target.log.all.length = 0;
    };
    const visit = async (n: number) => {
      const socket = connect(addressOf(target.endpoint));
      socket.on('error', () => undefined);
      socket.resume();
      visits[n % visits.length]!(socket, hello);
      await gone(socket);
    };
    await storm(200);
    const before = await memoryInUse();
    const connections = connectionsOpen();
    for (let i = 0; i < 4; i += 1) await storm(200);
    expect(((await memoryInUse()) - before) / 800).toBeLessThan(1500); // a connection that is kept costs several thousand
    expect(connectionsOpen()).toBe(connections);
    expect(clock.size).toBe(0);
  });
});
