import { lastValueFrom, map, NEVER, type Subscription, timer } from 'rxjs';
import { frame, fromIterable, fromSub, pacedMap, toPub, toPush, type Frame, type FrameInput } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryInUse } from '../../engine/hostile/support/memory.js';
import { Statuses } from '../harness/record.js';
import { NatsServer } from './NatsServer.js';
import { officialClient } from './officialClient.js';
import { isHere, servers } from './place.mjs';

const MIB = 1024 * 1024;
const held = (subscription: Subscription): void => onTestFinished(() => subscription.unsubscribe());

/** Frames without end, and how many of them were asked for. */
function endless(samples: number): { readonly frames: Iterable<Frame>; readonly count: () => number } {
  let count = 0;
  const one = frame(new Float32Array(2 * samples));
  const frames = function* (): Generator<Frame> {
    for (;;) {
      count += 1;
      yield one;
    }
  };
  return { frames: frames(), count: () => count };
}

describe.runIf(isHere).each(servers)('memory over $name nats-server', ({ path }) => {
  it('a subscriber whose consumer stalls holds no more than its limit, and tells of all that it dropped', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const options = { status: statuses, highWaterBytes: 4 * MIB };
    const stalled = pacedMap((_: Frame) => NEVER, { concurrency: 1 });
    held(fromSub(server.at('x'), options).pipe(stalled).subscribe());
    await server.subscribed('iq.x.CF32');
    const client = await officialClient(server);
    const { dpstream } = await import('rxzmq/nats');
    const [message] = dpstream().encode(frame(new Float32Array(512)));
    const before = await memoryInUse();
    const total = 100_000; // 200 MiB
    for (let i = 0; i < total; i += 1) {
      client.publish('iq.x.CF32', message);
      if (i % 200 === 199) await client.flush();
    }
    const dropped = (): number =>
      statuses.told.reduce((sum, status) => sum + (status.kind === 'dropped' ? (status.count ?? 0) : 0), 0);
    const kept = Math.ceil((4 * MIB) / message!.length);
    while (dropped() < total - kept - 1) await lastValueFrom(timer(50));
    expect(dropped()).toBeLessThanOrEqual(total - kept);
    expect(((await memoryInUse()) - before) / MIB).toBeLessThan(24);
  });

  it.each([
    ['toPub', (url: string, status: Statuses) => toPub(url, { status }), 600_000],
    ['toPush', (url: string, status: Statuses) => toPush(url, { status }), 9_000_000],
  ])('%s takes nothing while its server is away, and goes on when it is back', async (_, sink, mostBytes) => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const { frames, count } = endless(1024);
    let sent = 0;
    const paced = pacedMap((one: FrameInput, i: number) => timer(i % 20 === 0 ? 1 : 0).pipe(map(() => one)));
    held(
      fromIterable(frames)
        .pipe(paced, sink(server.at('away'), statuses))
        .subscribe(() => (sent += 1)),
    );
    while (sent < 100) await lastValueFrom(timer(10));
    await server.kill();
    await statuses.take('disconnected');
    await lastValueFrom(timer(200));
    const [then, before] = [count(), await memoryInUse()];
    expect((then - sent) * 8256).toBeLessThan(mostBytes);
    for (let i = 0; i < 30; i += 1) {
      await lastValueFrom(timer(100));
      expect(count()).toBe(then);
    }
    expect(((await memoryInUse()) - before) / MIB).toBeLessThan(16);
    await server.start();
    const target = sent + 300;
    while (sent < target) await lastValueFrom(timer(10));
  });
});
