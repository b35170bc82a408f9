import { from, lastValueFrom, type Subscription, timer } from 'rxjs';
import { dpstream } from 'rxzmq/nats';
import { frame, fromSub, gaps, reply, request, requester, type Frame } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { splitMessage } from '../../../src/dpstream/splitMessage.js';
import { Statuses } from '../harness/record.js';
import { NatsServer } from './NatsServer.js';
import { officialClient } from './officialClient.js';
import { isHere, servers } from './place.mjs';
import { all, frames } from './streams.js';

const MOST_BYTES = 1000;
const codec = dpstream();
const held = (subscription: Subscription): void => onTestFinished(() => subscription.unsubscribe());
const messageOf = (sequence: number, samples = 4): Uint8Array =>
  codec.encode({ ...frame(new Float32Array(2 * samples).fill(sequence), { timestampNs: 1n }), sequence })[0]!;
const chunksOf = (sequence: number): Uint8Array[] => splitMessage(messageOf(sequence, 300), MOST_BYTES);
/** A message with another number at a place of its header. */
function lie(at: number, value: number): Uint8Array {
  const message = messageOf(0);
  message[at] = value;
  return message;
}

/** Publishes messages to a fromSub, and gives what came of them once a last frame has come. */
async function published(path: string, messages: readonly Uint8Array[]) {
  const server = await NatsServer.start({ path });
  const statuses = new Statuses();
  const got: Frame[] = [];
  const last = 999;
  const source = fromSub(server.at('x'), { status: statuses, onInvalid: () => undefined });
  const done = new Promise<void>((resolve) => {
    held(source.subscribe((one) => (one.sequence === last ? resolve() : void got.push(one))));
  });
  await server.subscribed('iq.x.CF32');
  const client = await officialClient(server);
  for (const message of [...messages, messageOf(last)]) client.publish('iq.x.CF32', message);
  await done;
  const count = (kind: string): number =>
    statuses.told.reduce(
      (sum, status) => sum + (status.kind === kind ? ((status as { count?: number }).count ?? 1) : 0),
      0,
    );
  return { got, count, statuses };
}

describe.runIf(isHere).each(servers)('what others publish, over $name nats-server', ({ path }) => {
  it('chunks in any order, and twice, are one frame', async () => {
    const [a, b] = [chunksOf(1), chunksOf(2)];
    const { got } = await published(path, [...[...a].reverse(), b[1]!, b[0]!, b[0]!, ...b.slice(1)]);
    expect(got.map(({ sequence, numSamples, flags }) => [sequence, numSamples, flags])).toEqual([
      [1, 300, 0],
      [2, 300, 0],
    ]);
    expect(got.every(({ samples, sequence }) => samples.every((value) => value === sequence))).toBe(true);
  });

  it('chunks of two senders that are mixed are no frame, and are counted', async () => {
    const [a, b] = [chunksOf(1), chunksOf(2)];
    const { got, count, statuses } = await published(path, [a[0]!, b[0]!, a[1]!, b[1]!, ...chunksOf(3)]);
    expect(got.map(({ sequence }) => sequence)).toEqual([3]);
    await statuses.take('dropped');
    expect(count('dropped')).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['its length', lie(20, 33)],
    ['its number of samples', lie(56, 5)],
    ['its version', lie(16, 3)],
    ['its kind', lie(14, 7)],
    ['its format', lie(12, 0x51)],
    ['its flags', lie(18, 2)],
    ['its byte order', lie(8, 0x49)],
    ['nothing, as it is cut off', messageOf(0).subarray(0, 70)],
    ['nothing, as it is empty', new Uint8Array()],
  ])('a header that lies about %s is an invalid message, and the rest goes on', async (_, message) => {
    const { got, count } = await published(path, [message, messageOf(1)]);
    expect(got.map(({ sequence }) => sequence)).toEqual([1]);
    expect(count('invalid')).toBe(1);
  });

  it('a chunk that lies about its place is counted, and the rest goes on', async () => {
    const [first, ...rest] = chunksOf(1);
    const liar = first!.slice();
    new DataView(liar.buffer).setUint32(68, 1_000_000_000, true); // the number of chunks
    const { got, count, statuses } = await published(path, [liar, first!, ...rest]);
    expect(got.map(({ sequence }) => sequence)).toEqual([1]);
    await statuses.take('dropped');
    expect(count('dropped')).toBe(1);
  });

  it('what is missing shows in the sequence numbers, and a sender that starts again is no gap', async () => {
    const { got } = await published(
      path,
      [0, 1, 4, 5, 0, 1].map((sequence) => messageOf(sequence)),
    );
    const found: number[] = [];
    held(
      from(got)
        .pipe(gaps({ onGap: ({ missing }) => void (missing > 0 && found.push(missing)) }))
        .subscribe(),
    );
    expect(found).toEqual([2]);
  });
});

describe.runIf(isHere).each(servers)('requests over $name nats-server', ({ path }) => {
  it('go to one of the services of a queue group, and to each of those without', async () => {
    const server = await NatsServer.start({ path });
    const served = [0, 0, 0];
    const serve = (i: number, queue?: string): void => {
      const handler = (asked: Frame): Frame => ((served[i] = served[i]! + 1), asked);
      held(reply(server.at('ask'), handler, queue === undefined ? {} : { nats: { queue } }).subscribe());
    };
    serve(0, 'workers');
    serve(1, 'workers');
    await server.subscribed('ask', 2);
    expect(await all(frames(40).pipe(request(server.at('ask'))))).toHaveLength(40);
    expect(served[0]! + served[1]!).toBe(40);
    expect(Math.min(served[0]!, served[1]!)).toBeGreaterThan(0);
    serve(2);
    await server.subscribed('ask', 3);
    const statuses = new Statuses();
    expect(await all(frames(10).pipe(request(server.at('ask'), { status: statuses })))).toHaveLength(10);
    while (served[2]! < 10) await lastValueFrom(timer(10));
    expect(served[0]! + served[1]!).toBe(50);
  });

  it('that are no frames are counted, and the next is served', async () => {
    const server = await NatsServer.start({ path });
    const statuses = new Statuses();
    held(reply(server.at('ask'), (asked) => asked, { status: statuses, onInvalid: () => undefined }).subscribe());
    await server.subscribed('ask');
    const client = await officialClient(server);
    client.publish('ask', lie(20, 33), { reply: 'nowhere' });
    client.publish('ask', messageOf(0)); // without saying where its reply goes
    await statuses.take('invalid');
    await statuses.take('dropped');
    const asking = requester(server.at('ask'));
    onTestFinished(() => asking.close());
    expect(await all(asking.request(frame(new Float32Array(4))))).toHaveLength(1);
  });

  it('have replies that are matched, whatever comes too late or twice', async () => {
    const server = await NatsServer.start({ path });
    const client = await officialClient(server);
    const answer = (n: number): Uint8Array => messageOf(n);
    let asked = 0;
    client.subscribe('ask', {
      callback: (_, message) => {
        asked += 1;
        const own = asked;
        if (own === 1) setTimeout(() => message.respond(answer(1)), 400);
        else {
          message.respond(answer(own));
          message.respond(answer(own));
        }
      },
    });
    await client.flush();
    const options = { timeoutMs: 200, project: ({ sequence }: Frame) => String(sequence), onTimeout: () => 'late' };
    const answers = await all(frames(4).pipe(request(server.at('ask'), options)));
    expect(answers).toEqual(['late', '2', '3', '4']);
  });
});
