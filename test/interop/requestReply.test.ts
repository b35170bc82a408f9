import { from, Subject } from 'rxjs';
import { decodeFrame, encodeFrame, type Frame, frame, type FrameInput, reply, request, requester } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Dealer } from 'zeromq';
import {
  expectFrame,
  expectSamples,
  expectSeen,
  expectStampedBetween,
  META,
  NUM_SAMPLES,
} from './harness/expectations.js';
import { Inbox } from './harness/Inbox.js';
import { Peer, type SeenFrame } from './harness/Peer.js';
import { inverted, pattern, LIVE_TYPES } from './harness/patterns.js';
import { raw } from './harness/raw.js';
import { record, Statuses } from './harness/record.js';

describe.each(LIVE_TYPES)('%s', (type) => {
  it('request to doppler Replier', async () => {
    const replier = Peer.start('replier', '--type', type);
    const inputs = Array.from({ length: 5 }, (_, i) =>
      frame(pattern(type, i, NUM_SAMPLES), { sampleType: type, ...META }),
    );
    const asked = record(from(inputs).pipe(request(await replier.bound())));

    const replies = await asked.values.takeMany(5);
    await asked.completed;
    const seen = await replier.take(5, 'request');

    replies.forEach((reply, i) => {
      expect(seen[i]!.matches).toBe(true); // so the requests were numbered from 0
      expect(seen[i]!.header).toMatchObject({
        sample_rate: META.sampleRate,
        center_freq: META.centerFreq,
        num_samples: NUM_SAMPLES,
        protocol: 0,
        stream_id: 0,
      });
      expect(reply).toMatchObject({
        sampleType: type,
        numSamples: NUM_SAMPLES,
        sampleRate: META.sampleRate + 1,
        centerFreq: META.centerFreq - 1,
        sequence: i,
        streamId: 0,
        protocol: 0,
        version: 0x00010000,
      });
      expect(reply.timestampNs).toBeGreaterThanOrEqual(BigInt(seen[i]!.header.timestamp_ns));
      expectSamples(type, reply.samples, inverted(type, pattern(type, i, NUM_SAMPLES)));
    });
  });

  it('doppler Requester to reply', async () => {
    const statuses = new Statuses();
    const served = record(
      reply(
        'tcp://127.0.0.1:*',
        (it) =>
          frame(inverted(it.sampleType, it.samples), { sampleType: it.sampleType, sampleRate: 7.5, centerFreq: -1 }),
        { status: statuses },
      ),
    );
    const requester = Peer.start('requester', '--type', type, '--endpoint', await statuses.bound());
    for (let seed = 0; seed < 5; seed += 1) requester.order({ seed, numSamples: NUM_SAMPLES, ...META });

    const sent = await requester.take(5, 'sent');
    const seen = await requester.take(5, 'reply');
    const pairs = await served.values.takeMany(5);

    pairs.forEach((pair, i) => {
      expectFrame(pair.request, type, i, { sequence: i });
      expectStampedBetween(pair.request, sent[i]!);
      expect(pair.reply).toMatchObject({ sampleRate: 7.5, centerFreq: -1, sequence: i, numSamples: NUM_SAMPLES });
      expect(pair.reply.timestampNs).toBeGreaterThanOrEqual(pair.request.timestampNs);
      expectSeen(seen[i]!, pair.reply);
      expectSamples(type, pair.reply.samples, inverted(type, pattern(type, i, NUM_SAMPLES)));
    });
    expect(served.open).toBe(true);
  });
});

it('many requests in flight at one doppler Replier: each gets its own reply, in order', async () => {
  const replier = Peer.start('replier', '--type', 'ci32');
  const inputs = Array.from({ length: 64 }, (_, i) => new Int32Array([i, -i]));
  const asked = record(
    from(inputs).pipe(
      request(await replier.bound(), { concurrency: 8, project: (reply, request) => [request, reply] as const }),
    ),
  );

  const pairs = await asked.values.takeMany(inputs.length);
  await asked.completed;

  expect(pairs.map(([, { samples }]) => [...samples])).toEqual(inputs.map((_, i) => [~i, ~-i]));
  expect(pairs.map(([{ samples }]) => [...samples])).toEqual(inputs.map((input) => [...input]));
  expect(pairs.map(([, { sequence }]) => sequence)).toEqual(inputs.map((_, i) => i));
});

it('replies keep the order of their requests when a doppler Replier is slower than another', async () => {
  const repliers = [0, 1].map(() => Peer.start('replier', '--type', 'ci32', '--hold'));
  const endpoints = await Promise.all(repliers.map((replier) => replier.bound()));
  const statuses = new Statuses();
  const inputs = new Subject<FrameInput>();
  const asked = record(inputs.pipe(request(endpoints, { concurrency: 2, status: statuses })));
  await statuses.take('connected');
  await statuses.take('connected');
  inputs.next(new Int32Array([0, 0]));
  inputs.next(new Int32Array([1, 1]));
  inputs.complete();
  const held = await Promise.all(
    repliers.map(async (replier) => ({ replier, sequence: (await replier.next('request')).header.sequence })),
  );
  held.sort((a, b) => b.sequence - a.sequence);

  for (const { replier } of held) {
    replier.order({ go: true });
    await replier.next('replied');
  }
  const replies = await asked.values.takeMany(2);
  await asked.completed;

  expect(held.map(({ sequence }) => sequence)).toEqual([1, 0]);
  expect(replies.map(({ samples }) => samples[0])).toEqual([~0, ~1]);
});

it('one requester serves several call sites at once', async () => {
  const replier = Peer.start('replier', '--type', 'ci32');
  const shared = requester(await replier.bound());

  const asked = Array.from({ length: 12 }, (_, i) => record(shared.request(new Int32Array([i, i]))));
  const replies = await Promise.all(asked.map(({ values }) => values.take()));
  await Promise.all(asked.map(({ completed }) => completed));
  await shared.close();

  expect(replies.map(({ samples }) => samples[0])).toEqual(asked.map((_, i) => ~i));
});

it('requests are spread over doppler Repliers', async () => {
  const repliers = [0, 1].map(() => Peer.start('replier', '--type', 'ci32'));
  const endpoints = await Promise.all(repliers.map((replier) => replier.bound()));
  const statuses = new Statuses();
  const inputs = new Subject<FrameInput>();
  const asked = record(inputs.pipe(request(endpoints, { concurrency: 4, status: statuses })));
  await statuses.take('connected');
  await statuses.take('connected');
  for (let i = 0; i < 20; i += 1) inputs.next(new Int32Array([i, i]));
  inputs.complete();

  const replies = await asked.values.takeMany(20);
  await asked.completed;

  expect(replies.map(({ samples }) => samples[0])).toEqual(replies.map((_, i) => ~i));
  await Promise.all(repliers.map((replier) => replier.take(10, 'request'))); // round-robin: half each
});

/** A handler whose answers the test gives. */
function heldHandler() {
  const held = new Inbox<{ readonly request: Frame; readonly answer: Subject<FrameInput> }>();
  const handler = (request: Frame) => {
    const answer = new Subject<FrameInput>();
    held.put({ request, answer });
    return answer;
  };
  return { held, handler };
}

it('two doppler Requesters on one reply: the later one may be answered first', async () => {
  const statuses = new Statuses();
  const { held, handler } = heldHandler();
  const served = record(reply('tcp://127.0.0.1:*', handler, { concurrency: 2, status: statuses }));
  const endpoint = await statuses.bound();
  const requesters = [0, 1].map(() => Peer.start('requester', '--type', 'ci32', '--endpoint', endpoint));
  for (const [i, requester] of requesters.entries()) {
    requester.order({ seed: i, numSamples: NUM_SAMPLES, ...META, centerFreq: i });
  }
  const both = await held.takeMany(2);
  both.sort((a, b) => a.request.centerFreq - b.request.centerFreq);

  both[1]!.answer.next(new Int32Array([1, 1]));
  const second: SeenFrame = await requesters[1]!.next('reply');
  both[0]!.answer.next(new Int32Array([0, 0]));
  const first: SeenFrame = await requesters[0]!.next('reply');

  expectSamples('ci32', Buffer.from(first.samples, 'base64'), new Int32Array([0, 0]));
  expectSamples('ci32', Buffer.from(second.samples, 'base64'), new Int32Array([1, 1]));
  await served.values.takeMany(2);
  expect(served.open).toBe(true);
});

describe('a DEALER with several requests in flight', () => {
  it('gets plain ones answered in its order, whatever order the handlers end in', async () => {
    const statuses = new Statuses();
    const { held, handler } = heldHandler();
    record(reply('tcp://127.0.0.1:*', handler, { concurrency: 3, status: statuses }));
    const dealer = raw(new Dealer());
    dealer.connect(await statuses.bound());
    for (const i of [0, 1, 2]) await dealer.send(['', ...encodeFrame(frame(new Int32Array([i, i])))]);

    const requests = await held.takeMany(3);
    for (const { request, answer } of requests.reverse()) answer.next(request.samples);

    for (const i of [0, 1, 2]) {
      const [delimiter, ...parts] = await dealer.receive();
      expect(delimiter).toHaveLength(0);
      expect([...decodeFrame(parts).samples]).toEqual([i, i]);
    }
  });

  it('gets those with a correlation part as they are done, each with its part', async () => {
    const statuses = new Statuses();
    const { held, handler } = heldHandler();
    record(reply('tcp://127.0.0.1:*', handler, { concurrency: 3, status: statuses }));
    const dealer = raw(new Dealer());
    dealer.connect(await statuses.bound());
    for (const i of [0, 1, 2]) await dealer.send([`id ${i}`, '', ...encodeFrame(frame(new Int32Array([i, i])))]);

    const requests = await held.takeMany(3);
    for (const { request, answer } of requests.reverse()) answer.next(request.samples);

    for (const i of [2, 1, 0]) {
      const [id, delimiter, ...parts] = await dealer.receive();
      expect(id!.toString()).toBe(`id ${i}`);
      expect(delimiter).toHaveLength(0);
      expect([...decodeFrame(parts).samples]).toEqual([i, i]);
    }
  });
});
