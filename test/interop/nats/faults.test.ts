import { inspect } from 'node:util';
import { lastValueFrom, type Observable, take, tap, timeout, timer, toArray } from 'rxjs';
import {
  frame,
  type FrameInput,
  fromIterable,
  fromPull,
  fromSub,
  pacedMap,
  request,
  type RxZmqError,
  toPub,
  toPush,
} from 'rxzmq';
import { acknowledge } from 'rxzmq/nats';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../harness/record.js';
import { DopplerPeer } from './DopplerPeer.js';
import { freePort } from '../../helpers/freePort.js';
import { NatsServer } from './NatsServer.js';
import { isHere, servers } from './place.mjs';

const frames = (count: number, samples = 2) =>
  fromIterable(Array.from({ length: count }, () => frame(new Float32Array(2 * samples))));
const all = <T>(source: Observable<T>): Promise<T[]> => lastValueFrom(source.pipe(timeout(40_000), toArray()));
const failure = async (source: Observable<unknown>): Promise<RxZmqError> =>
  all(source).then(
    () => expect.unreachable('it did not fail'),
    (error: unknown) => error as RxZmqError,
  );

describe.runIf(isHere).each(servers)('faults over $name nats-server', ({ path }) => {
  it('waits for a server that is not there yet, and says so', async () => {
    const port = await freePort();
    const statuses = new Statuses();
    const sent = all(frames(3).pipe(toPush(`nats://127.0.0.1:${port}/later`, { status: statuses })));
    await statuses.take('retrying');
    await statuses.take('retrying');
    await NatsServer.start({ path, port });
    expect(await sent).toHaveLength(3);
    expect(statuses.told.map(({ kind }) => kind).slice(0, 3)).toEqual(['connecting', 'retrying', 'connecting']);
  });

  it('loses nothing that was confirmed when the server is killed under load, again and again', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const count = 6000;
    const got: { sequence: number; delivery: number | undefined }[] = [];
    const pulling = fromPull(server.at('load')).subscribe(({ sequence, delivery }) => got.push({ sequence, delivery }));
    onTestFinished(() => pulling.unsubscribe());
    const slowly = pacedMap(
      async (one: FrameInput, i: number) => (i % 100 === 0 && (await lastValueFrom(timer(30))), one),
    );
    const sent = all(frames(count, 256).pipe(slowly, toPush(server.at('load'), { status: statuses })));
    for (let i = 0; i < 3; i += 1) {
      const before = got.length;
      while (got.length < before + 300 && got.length < count) await lastValueFrom(timer(5));
      await server.kill();
      await statuses.take('disconnected');
      await server.start();
      await statuses.take('connected');
    }
    expect(await sent).toHaveLength(count);
    const seen = () => new Set(got.map(({ sequence }) => sequence));
    const giveUpAt = Date.now() + 15_000;
    while (seen().size < count && Date.now() < giveUpAt) await lastValueFrom(timer(50));
    expect(seen().size).toBe(count);
    const first = new Set<number>();
    const twice = got.filter(({ sequence }) => first.size === first.add(sequence).size);
    expect(twice.filter(({ delivery }) => delivery === undefined)).toEqual([]);
    let highest = -1;
    for (const { sequence, delivery } of got) {
      if (delivery !== undefined) continue;
      expect(sequence).toBeGreaterThan(highest);
      highest = sequence;
    }
  }, 60_000);

  it('counts or delivers all that was published while the server was away', async () => {
    const server = await NatsServer.start({ path });
    const subscribed = new Statuses();
    const published = new Statuses();
    const got: number[] = [];
    const sub = fromSub(server.at('live'), { status: subscribed }).subscribe(({ sequence }) => got.push(sequence));
    onTestFinished(() => sub.unsubscribe());
    await subscribed.take('connected');
    const count = 3000;
    let sentBefore = 0;
    const sent = all(
      frames(count, 64).pipe(
        pacedMap(async (one, i) => (i % 50 === 0 && (await lastValueFrom(timer(5))), one)),
        toPub(server.at('live'), { status: published }),
        tap(() => (sentBefore += 1)),
      ),
    );
    while (sentBefore < 500) await lastValueFrom(timer(5));
    await server.kill();
    await published.take('disconnected');
    const during = sentBefore;
    await lastValueFrom(timer(300));
    expect(sentBefore).toBeLessThanOrEqual(during + 1); // it is held back
    await server.start();
    expect(await sent).toHaveLength(count);
    await lastValueFrom(timer(500));
    const lost = published.told.reduce((sum, status) => sum + (status.kind === 'dropped' ? (status.count ?? 0) : 0), 0);
    const missing = count - new Set(got).size;
    expect(got).toEqual([...got].sort((one, other) => one - other));
    expect(lost).toBeGreaterThan(0);
    expect(missing).toBeGreaterThanOrEqual(0); // what came while the subscriber was away is lost, as NATS has it
  });

  it('says that a server has no JetStream', async () => {
    const server = await NatsServer.start({ path, plain: true });
    for (const source of [fromPull(server.at('jobs')), frames(1).pipe(toPush(server.at('jobs')))]) {
      expect(await failure(source)).toMatchObject({
        code: 'ERR_SOCKET',
        message: expect.stringContaining('nats-server -js'),
      });
    }
  });

  it('goes on trying with credentials that are refused, and shows none', async () => {
    const config = 'authorization { users: [{ user: "radio", password: "open sesame" }] }';
    const server = await NatsServer.start({ path, config });
    const wrong = new Statuses();
    const refused = fromPull(server.at('jobs', 'radio:wrong-secret@'), { status: wrong }).subscribe();
    onTestFinished(() => refused.unsubscribe());
    const status = await wrong.take('handshakeFailed');
    expect(status.error).toMatchObject({ code: 'ERR_SECURITY' });
    expect(inspect([wrong.told, refused], { depth: 8 })).not.toMatch(/secret/);
    await all(frames(2).pipe(toPush(server.at('jobs', 'radio:open%20sesame@'))));
    const got = await all(fromPull(server.at('jobs', 'radio:open%20sesame@')).pipe(take(2)));
    expect(got).toHaveLength(2);
  });

  it('takes a token, by the endpoint and by the option', async () => {
    const server = await NatsServer.start({ path, config: 'authorization { token: "let-me-in" }' });
    await all(frames(1).pipe(toPush(server.at('jobs', 'let-me-in@'))));
    expect(await all(fromPull(server.at('jobs'), { nats: { token: 'let-me-in' } }).pipe(take(1)))).toHaveLength(1);
  });

  it('refuses a frame that the server would not let through, and cuts it for subscribers', async () => {
    const server = await NatsServer.start({ path, config: 'max_payload: 10000' });
    const error = await failure(frames(1, 2000).pipe(toPush(server.at('jobs'))));
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault: 'length' });
    expect(error.message).toMatch(/10000/);
  });

  it('makes the stream again that was deleted, and the consumer', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const got: number[] = [];
    const pulling = fromPull(server.at('jobs'), { status: statuses }).subscribe(({ sequence }) => got.push(sequence));
    onTestFinished(() => pulling.unsubscribe());
    await all(frames(3).pipe(toPush(server.at('jobs'))));
    while (got.length < 3) await lastValueFrom(timer(10));
    const { connect } = await import('@nats-io/transport-node');
    const { jetstreamManager } = await import('@nats-io/jetstream');
    const client = await connect({ servers: `127.0.0.1:${server.port}` });
    const manager = await jetstreamManager(client);
    await manager.streams.delete('DP_WORK_jobs');
    await statuses.take('retrying');
    await all(frames(3).pipe(toPush(server.at('jobs'))));
    while (got.length < 6) await lastValueFrom(timer(10));
    const { config } = await manager.consumers.info('DP_WORK_jobs', 'DP_PULL_jobs');
    expect(config).toMatchObject({ ack_wait: 5e9, max_ack_pending: 1000, filter_subject: 'work.jobs.>' });
    await client.close();
  });

  it('holds frames back while the disk is full, and says why', async () => {
    const server = await NatsServer.start({ path });
    const { connect } = await import('@nats-io/transport-node');
    const { jetstreamManager, RetentionPolicy, DiscardPolicy } = await import('@nats-io/jetstream');
    const client = await connect({ servers: `127.0.0.1:${server.port}` });
    const manager = await jetstreamManager(client);
    const subjects = ['work.small.>'];
    const retention = RetentionPolicy.Workqueue;
    await manager.streams.add({ name: 'DP_WORK_small', subjects, retention, max_msgs: 10, discard: DiscardPolicy.New });
    await client.close();
    const statuses = new Statuses();
    const sent = all(frames(50).pipe(toPush(server.at('small'), { status: statuses })));
    expect((await statuses.take('retrying')).reason).toMatch(/maximum messages/);
    const got = await all(fromPull(server.at('small')).pipe(take(50)));
    expect(new Set(got.map(({ sequence }) => sequence)).size).toBe(50);
    expect(await sent).toHaveLength(50);
  });

  it('keeps what a slow pipeline works on, so that nobody does it twice', async () => {
    const server = await NatsServer.start({ path });
    await all(frames(4).pipe(toPush(server.at('slow'))));
    const done: number[] = [];
    const working = fromPull(server.at('slow'))
      .pipe(pacedMap((one) => timer(3000).pipe(tap(() => done.push(one.sequence))), { concurrency: 2 }))
      .subscribe();
    onTestFinished(() => working.unsubscribe());
    const second = fromPull(server.at('slow'))
      .pipe(pacedMap((one) => timer(7000).pipe(tap(() => done.push(one.sequence)))))
      .subscribe();
    onTestFinished(() => second.unsubscribe());
    while (done.length < 4) await lastValueFrom(timer(50));
    await lastValueFrom(timer(6000));
    expect(done.sort()).toEqual([0, 1, 2, 3]);
  }, 40_000);

  it('acknowledges by hand, and a Pull of doppler gets the rest', async () => {
    const server = await NatsServer.start({ path });
    await all(frames(4).pipe(toPush(server.at('hand'))));
    const kept = await all(
      fromPull(server.at('hand'), { ack: 'manual' }).pipe(
        tap((one) => one.sequence % 2 === 0 && expect(acknowledge(one)).toBe(true)),
        take(4),
      ),
    );
    expect(kept.map(acknowledge)).toEqual([false, true, false, true]); // the subscription is over: these come too late, or not
  });

  it('ends a message that is no frame, and goes on', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    const got: number[] = [];
    const pulling = fromPull(server.at('mixed'), { status: statuses, onInvalid: () => undefined }).subscribe((one) =>
      got.push(one.sequence),
    );
    onTestFinished(() => pulling.unsubscribe());
    await statuses.take('connected');
    await all(frames(1).pipe(toPush(server.at('mixed'))));
    const { connect } = await import('@nats-io/transport-node');
    const client = await connect({ servers: `127.0.0.1:${server.port}` });
    client.publish('work.mixed.CF32', 'no frame');
    await client.flush();
    expect(await statuses.take('invalid')).toMatchObject({ count: 1 });
    await all(frames(1).pipe(toPush(server.at('mixed'))));
    while (got.length < 2) await lastValueFrom(timer(10));
    await client.close();
    const pull = await DopplerPeer.start('Pull', server.at('mixed'));
    expect(await pull.do('recv', { timeout: 300 })).toMatchObject({ kind: 'TimeoutError' });
  });

  it('says at once that nobody answers', async () => {
    const server = await NatsServer.start({ path });
    const error = await failure(frames(1).pipe(request(server.at('nobody'), { timeoutMs: 30_000 })));
    expect(error).toMatchObject({ code: 'ERR_NO_RESPONDERS', endpoint: server.at('nobody') });
  });
});
