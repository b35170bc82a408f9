import { filter, interval, lastValueFrom, take, timeout, timer, toArray } from 'rxjs';
import { frame, type FrameInput, fromIterable, fromPull, fromSub, pacedMap, toPub, toPush } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../harness/record.js';
import { freePort } from '../../helpers/freePort.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';

/** nats-server 2.9 at times goes on answering requests, and delivers nothing for minutes, once the leader of a stream was killed. */
const lasting = servers.filter(({ name }) => name !== "Debian's");

describe.runIf(isHere).each(lasting)('a cluster of three over $name nats-server', ({ path }) => {
  it('goes on when one of them is killed: nothing confirmed is lost, and subscribers come back', async () => {
    const nodes = await cluster(path);
    const at = (base: string) => nodes.map((node) => node.at(base));
    await stream(nodes, 'work');
    const received: { sequence: number; delivery: number | undefined }[] = [];
    const pulling = fromPull(at('work')).subscribe(({ sequence, delivery }) => received.push({ sequence, delivery }));
    onTestFinished(() => pulling.unsubscribe());
    const subscribed = new Statuses();
    const live: number[] = [];
    const subscribing = fromSub(at('live'), { status: subscribed }).subscribe(({ sequence }) => live.push(sequence));
    onTestFinished(() => subscribing.unsubscribe());
    await subscribed.take('connected');

    const count = 1500;
    const slowly = pacedMap(
      async (one: FrameInput, i: number) => (i % 50 === 0 && (await lastValueFrom(timer(50))), one),
    );
    const frames = () => fromIterable(Array.from({ length: count }, () => frame(new Float32Array(64))));
    const pushed = lastValueFrom(frames().pipe(slowly, toPush(at('work')), timeout(90_000), toArray()));
    const published = lastValueFrom(frames().pipe(slowly, toPub(at('live')), timeout(90_000), toArray()));
    const begun = lastValueFrom(
      interval(20).pipe(
        filter(() => received.length >= 200),
        take(1),
      ),
    );
    await Promise.race([begun, Promise.all([pushed, published])]); // an error of theirs says why it has not begun
    await nodes[0]!.kill();

    expect(await pushed).toHaveLength(count);
    expect(await published).toHaveLength(count);
    const seen = () => new Set(received.map(({ sequence }) => sequence)).size;
    const giveUpAt = Date.now() + 60_000; // they elect a leader anew, which took up to 17 s on a busy machine
    while (seen() < count && Date.now() < giveUpAt) await lastValueFrom(timer(100));
    expect(seen()).toBe(count);
    const first = new Set<number>();
    const again = received.filter(({ sequence }) => first.size === first.add(sequence).size);
    expect(again.filter(({ delivery }) => delivery === undefined)).toEqual([]);
    expect(live.at(-1)).toBe(count - 1);
  }, 180_000);
});

async function cluster(path: string): Promise<NatsServer[]> {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const routes = ports.map((port) => `nats-route://127.0.0.1:${port}`).join(', ');
  const nodes = await Promise.all(
    ports.map((port, i) =>
      NatsServer.start({
        path,
        config: `server_name: n${i}\ncluster { name: c, host: 127.0.0.1, port: ${port}, routes: [${routes}] }`,
      }),
    ),
  );
  return nodes;
}

/** A stream with a copy on each, as one makes it for a cluster. It can be made once they have found each other. */
async function stream(nodes: readonly NatsServer[], base: string): Promise<void> {
  const { connect } = await import('@nats-io/transport-node');
  const { jetstreamManager, RetentionPolicy } = await import('@nats-io/jetstream');
  const client = await connect({ servers: `127.0.0.1:${nodes[1]!.port}` });
  const manager = await jetstreamManager(client, { checkAPI: false });
  const config = {
    name: `DP_WORK_${base}`,
    subjects: [`work.${base}.>`],
    retention: RetentionPolicy.Workqueue,
    num_replicas: 3,
  };
  const giveUpAt = Date.now() + 30_000;
  const isMade = () =>
    manager.streams.add(config).then(
      () => true,
      (error: unknown) => {
        if (Date.now() > giveUpAt) throw error;
        return false;
      },
    );
  while (!(await isMade())) await lastValueFrom(timer(250));
  await client.close();
}
