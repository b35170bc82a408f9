import { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { ConsumerConfig, JetStreamManager } from '@nats-io/jetstream';
import { concat, lastValueFrom, map, NEVER, type Subscription, take, tap, timer } from 'rxjs';
import { frame, fromIterable, fromPull, pacedMap, toPush, type Frame } from 'rxzmq';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Statuses } from '../harness/record.js';
import { DopplerPeer } from './DopplerPeer.js';
import { NatsServer } from './NatsServer.js';
import { officialClient, streamManager } from './officialClient.js';
import { isHere, servers } from './place.mjs';
import { all, frames } from './streams.js';

const NS_PER_S = 1e9;
const warned = vi.fn();
beforeEach(() => void process.on('warning', warned));
afterEach(() => {
  process.off('warning', warned);
  warned.mockClear();
});
const warnings = (): string[] => warned.mock.calls.map(([warning]) => (warning as Error).message);
const held = (subscription: Subscription): void => onTestFinished(() => subscription.unsubscribe());
/** Makes the queue `odd` with a consumer as doppler's, but for some values. */
async function consumerLike(server: NatsServer, odd: Partial<ConsumerConfig>): Promise<JetStreamManager> {
  const manager = await streamManager(server);
  const subjects = ['work.odd.>'];
  await manager.streams.add({ name: 'DP_WORK_odd', subjects, retention: RetentionPolicy.Workqueue });
  const like = { ack_policy: AckPolicy.Explicit, ack_wait: 5 * NS_PER_S, max_ack_pending: 1000 };
  await manager.consumers.add('DP_WORK_odd', {
    durable_name: 'DP_PULL_odd',
    ...like,
    filter_subject: subjects[0]!,
    ...odd,
  });
  return manager;
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await lastValueFrom(timer(10));
}

describe.runIf(isHere).each(servers)('work queues that others have made, over $name nats-server', ({ path }) => {
  it('uses a stream as it is', async () => {
    const server = await NatsServer.start({ path });
    const manager = await streamManager(server);
    const own = { storage: StorageType.Memory, retention: RetentionPolicy.Limits, max_msgs: 500 };
    const made = await manager.streams.add({ name: 'DP_WORK_odd', subjects: ['work.odd.>', 'other.odd'], ...own });
    await all(frames(5).pipe(toPush(server.at('odd'))));
    expect(await all(fromPull(server.at('odd')).pipe(take(5)))).toHaveLength(5);
    expect((await manager.streams.info('DP_WORK_odd')).config).toMatchObject({ ...made.config, ...own });
    const peer = await DopplerPeer.start('Push', server.at('odd'));
    expect(await peer.do('send', { seed: 0, count: 4 })).toMatchObject({ event: 'sent' });
    expect(warnings()).toEqual([]);
  });

  it.each([
    { ack_wait: 30 * NS_PER_S },
    { max_ack_pending: 20 },
    { filter_subject: 'work.odd.CF32' },
    { backoff: [NS_PER_S, 2 * NS_PER_S], max_deliver: 5 },
  ])('uses a consumer with %j, and warns that doppler cannot join', async (odd) => {
    const server = await NatsServer.start({ path });
    const manager = await consumerLike(server, odd);
    const before = (await manager.consumers.info('DP_WORK_odd', 'DP_PULL_odd')).config;
    await all(frames(5).pipe(toPush(server.at('odd'))));
    expect(await all(fromPull(server.at('odd')).pipe(take(5)))).toHaveLength(5);
    await until(() => warnings().length > 0);
    expect(warnings()[0]).toMatch(new RegExp(`DP_PULL_odd.*${Object.keys(odd)[0]}.*doppler's Pull cannot join`));
    expect((await manager.consumers.info('DP_WORK_odd', 'DP_PULL_odd')).config).toEqual(before);
  });

  it.each([{ max_batch: 2 }, { max_expires: NS_PER_S }])(
    'asks a consumer with %j for no more than it allows',
    async (odd) => {
      const server = await NatsServer.start({ path });
      await consumerLike(server, odd);
      const got = all(fromPull(server.at('odd')).pipe(take(40)));
      await all(frames(40).pipe(toPush(server.at('odd'))));
      expect((await got).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    },
  );

  it('looks a consumer up again that allows less than before, and says so', async () => {
    const server = await NatsServer.start({ path });
    const manager = await consumerLike(server, {});
    const statuses = new Statuses();
    const got: number[] = [];
    held(fromPull(server.at('odd'), { status: statuses }).subscribe(({ sequence }) => got.push(sequence)));
    await all(frames(40).pipe(toPush(server.at('odd'))));
    await until(() => got.length === 40);
    await manager.consumers.update('DP_WORK_odd', 'DP_PULL_odd', { max_batch: 1 });
    await all(frames(300).pipe(toPush(server.at('odd')))); // more than were asked for before
    expect((await statuses.take('retrying')).reason).toMatch(/MaxRequestBatch/);
    await until(() => got.length === 340);
  });

  it('reports work in progress as often as its consumer needs', async () => {
    const server = await NatsServer.start({ path });
    await consumerLike(server, { ack_wait: NS_PER_S / 2, max_deliver: 1 }); // no delivery again, which causes reports too
    const reports = { odd: 0, usual: 0 };
    const client = await officialClient(server);
    for (const base of ['odd', 'usual'] as const) {
      const callback = (_: unknown, message: { string(): string }): void => {
        if (message.string() === '+WPI') reports[base] += 1;
      };
      client.subscribe(`$JS.ACK.DP_WORK_${base}.>`, { callback });
      await all(frames(1).pipe(toPush(server.at(base))));
      held(fromPull(server.at(base), { ack: 'manual' }).subscribe());
    }
    await until(() => reports.usual === 2);
    expect(reports.odd).toBeGreaterThan(6); // ten times as often, but for what a busy machine lets pass
  });

  it('joins a consumer of doppler without a word', async () => {
    const server = await NatsServer.start({ path });
    await DopplerPeer.start('Pull', server.at('jobs'));
    await all(frames(3).pipe(toPush(server.at('jobs'))));
    held(fromPull(server.at('jobs')).subscribe());
    const manager = await streamManager(server);
    const pulls = async (): Promise<number> =>
      (await manager.consumers.info('DP_WORK_jobs', 'DP_PULL_jobs')).num_waiting;
    while ((await pulls()) === 0) await lastValueFrom(timer(20));
    expect(warnings()).toEqual([]);
  });

  it('says that the names of two bases are the same', async () => {
    const server = await NatsServer.start({ path });
    await all(frames(1).pipe(toPush(server.at('a.b'))));
    const statuses = new Statuses();
    held(
      concat(frames(1), NEVER)
        .pipe(toPush(server.at('a_b'), { status: statuses }))
        .subscribe(),
    );
    expect((await statuses.take('retrying')).reason).toMatch(/no stream/);
  });
});

describe.runIf(isHere).each(servers)('what toPush says is sent, over $name nats-server', ({ path }) => {
  it('is what the server has stored: nothing before', async () => {
    const server = await NatsServer.start({ path });
    const manager = await streamManager(server);
    await manager.streams.add({
      name: 'DP_WORK_small',
      subjects: ['work.small.>'],
      retention: RetentionPolicy.Workqueue,
      max_msgs: 10,
      discard: DiscardPolicy.New,
    });
    const sent: number[] = [];
    const statuses = new Statuses();
    const sending = frames(50).pipe(toPush(server.at('small'), { status: statuses }));
    const done = all(sending.pipe(tap(({ sequence }) => sent.push(sequence))));
    await statuses.take('retrying');
    expect(sent).toEqual(Array.from({ length: 10 }, (_, sequence) => sequence));
    held(fromPull(server.at('small')).subscribe());
    await done;
    expect(sent).toEqual(Array.from({ length: 50 }, (_, sequence) => sequence));
  });

  it('is all there after the server was killed, whatever became of its sender', async () => {
    const server = await NatsServer.start({ path });
    const sent: number[] = [];
    const statuses = new Statuses();
    const endless = fromIterable(
      (function* () {
        for (;;) yield frame(new Float32Array(64));
      })(),
    );
    const sending = endless
      .pipe(
        pacedMap((one) => timer(1).pipe(map(() => one))),
        toPush(server.at('kept'), { status: statuses }),
      )
      .subscribe(({ sequence }) => sent.push(sequence));
    held(sending);
    await until(() => sent.length > 200);
    await server.kill();
    sending.unsubscribe(); // it has no chance to send anything again
    await server.start();
    const stored = new Set<number>();
    held(fromPull(server.at('kept')).subscribe(({ sequence }: Frame) => stored.add(sequence)));
    await until(() => sent.every((sequence) => stored.has(sequence)));
  });

  it('holds its frames back while the disk is full, and goes on when there is space', async () => {
    const server = await NatsServer.start({ path, jetstream: 'max_file: 1MB' });
    const statuses = new Statuses();
    const count = 40;
    const sent: number[] = [];
    const done = all(
      frames(count, 8192).pipe(
        toPush(server.at('full'), { status: statuses }),
        tap(({ sequence }) => sent.push(sequence)),
      ),
    );
    expect((await statuses.take('retrying')).reason).toMatch(/insufficient|resource/);
    expect(sent.length).toBeLessThan(count);
    const got = new Set<number>();
    held(fromPull(server.at('full')).subscribe(({ sequence }) => got.add(sequence)));
    await done;
    await until(() => got.size === count);
    expect(sent).toEqual(Array.from({ length: count }, (_, sequence) => sequence));
  });

  it('a message with a header that lies is ended, and the rest goes on', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const got: number[] = [];
    held(
      fromPull(server.at('lies'), { status: statuses, onInvalid: () => undefined }).subscribe((one) =>
        got.push(one.sequence),
      ),
    );
    await all(frames(1).pipe(toPush(server.at('lies'))));
    const client = await officialClient(server);
    const lie = new Uint8Array(64 + 16);
    lie.set(new TextEncoder().encode('DPSTREAMEEEI'));
    client.publish('work.lies.CF32', lie);
    expect((await statuses.take('invalid')).count).toBe(1);
    await all(frames(1).pipe(toPush(server.at('lies'))));
    await until(() => got.length === 2);
    const manager = await streamManager(server);
    const left = async (): Promise<number> => (await manager.streams.info('DP_WORK_lies')).state.messages;
    while ((await left()) > 0) await lastValueFrom(timer(20));
  });
});
