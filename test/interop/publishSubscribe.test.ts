import { from, of } from 'rxjs';
import { float64ToCf128, type Frame, frame, fromSub, toPub } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import {
  expectFrame,
  expectRecent,
  expectSamples,
  expectSeen,
  META,
  NUM_SAMPLES,
  wallClockNs,
} from './harness/expectations.js';
import { Peer, type SeenFrame } from './harness/Peer.js';
import { HAS_LIVE_CF128, LIVE_TYPES, pattern } from './harness/patterns.js';
import { record, Statuses } from './harness/record.js';

describe.each(LIVE_TYPES)('%s', (type) => {
  it('doppler Publisher to fromSub', async () => {
    const since = wallClockNs();
    const publisher = Peer.start('publisher', '--type', type);
    const received = record(fromSub(await publisher.bound()));
    publisher.order({ seed: 0, numSamples: NUM_SAMPLES, ...META });

    const frames = await received.values.takeMany(20);

    // A Publisher starts without us, so the first sequence number is any; its seeds are its sequence numbers.
    const first = frames[0]!.sequence;
    frames.forEach((frame, i) => {
      expectFrame(frame, type, first + i, { sequence: first + i });
      expectRecent(frame.timestampNs, since);
      expect(frame.timestampNs).toBeGreaterThanOrEqual(frames[Math.max(0, i - 1)]!.timestampNs);
    });
    expect(received.open).toBe(true);
  });

  it('toPub to doppler Subscriber, from the very first frame', async () => {
    const since = wallClockNs();
    const statuses = new Statuses();
    const inputs = Array.from({ length: 20 }, (_, i) =>
      frame(pattern(type, i, NUM_SAMPLES), { sampleType: type, ...META }),
    );
    const sent = record(from(inputs).pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 1, status: statuses })));
    const subscriber = Peer.start('subscriber', '--type', type, '--endpoint', await statuses.bound());

    const seen = await subscriber.take(20, 'frame');
    await sent.completed;

    const frames = sent.values.left;
    expect(frames.map(({ sequence }) => sequence)).toEqual(inputs.map((_, i) => i));
    seen.forEach((it, i) => {
      expect(it.matches).toBe(true);
      expectSeen(it, frames[i]!);
      expectSamples(type, frames[i]!.samples, pattern(type, i, NUM_SAMPLES));
      expect(frames[i]).toMatchObject({ ...META, sampleType: type, numSamples: NUM_SAMPLES });
      expectRecent(frames[i]!.timestampNs, since);
      expect(frames[i]!.timestampNs).toBeGreaterThanOrEqual(frames[Math.max(0, i - 1)]!.timestampNs);
    });
  });
});

it('every doppler Subscriber gets every frame', async () => {
  const statuses = new Statuses();
  const inputs = Array.from({ length: 50 }, (_, i) => frame(pattern('cf64', i, NUM_SAMPLES), META));
  const sent = record(from(inputs).pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 2, status: statuses })));
  const endpoint = await statuses.bound();
  const subscribers = [0, 1].map(() => Peer.start('subscriber', '--type', 'cf64', '--endpoint', endpoint));

  const seen: SeenFrame[][] = await Promise.all(subscribers.map((subscriber) => subscriber.take(50, 'frame')));
  await sent.completed;

  for (const frames of seen) {
    expect(frames.every(({ matches }) => matches)).toBe(true);
    expect(frames.map(({ header }) => header.sequence)).toEqual(inputs.map((_, i) => i));
  }
});

it('two doppler Publishers meet in one fromSub', async () => {
  const publishers = [0, 1].map(() => Peer.start('publisher', '--type', 'ci32'));
  const endpoints = await Promise.all(publishers.map((publisher) => publisher.bound()));
  const received = record(fromSub(endpoints));
  publishers.forEach((publisher, i) => publisher.order({ seed: 0, numSamples: NUM_SAMPLES, ...META, centerFreq: i }));

  const byPublisher: [Frame[], Frame[]] = [[], []];
  while (byPublisher.some((frames) => frames.length < 20)) {
    const frame = await received.values.take();
    byPublisher[frame.centerFreq]!.push(frame);
  }

  for (const [i, frames] of byPublisher.entries()) {
    const first = frames[0]!.sequence;
    frames.forEach((frame, k) => expectFrame(frame, 'ci32', first + k, { sequence: first + k, centerFreq: i }));
  }
  // Every doppler says stream 0 and counts for itself: only `peer`, where the driver knows it, tells them apart.
  const peers = byPublisher.map((frames) => new Set(frames.map(({ peer }) => peer)));
  expect(peers.map(({ size }) => size)).toEqual([1, 1]);
  const [[one], [other]] = [[...peers[0]!], [...peers[1]!]];
  if (one !== undefined) expect(one).not.toBe(other);
});

it('fromSub subscribes to the stream of every doppler, 0', async () => {
  const publisher = Peer.start('publisher', '--type', 'cf64');
  const received = record(fromSub(await publisher.bound(), { streamId: 0 }));
  publisher.order({ seed: 0, numSamples: NUM_SAMPLES, ...META });

  const first = await received.values.take();
  expectFrame(first, 'cf64', first.sequence, {});
});

it('a bare array goes out with the metadata of the sink', async () => {
  const statuses = new Statuses();
  const sent = record(
    of(new Int32Array([1, -2, 3, -4])).pipe(
      toPub('tcp://127.0.0.1:*', {
        waitForSubscribers: 1,
        status: statuses,
        sampleRate: 48_000,
        centerFreq: 10.25e6,
        streamId: 4_000_000_000,
        flags: 5,
      }),
    ),
  );
  const subscriber = Peer.start('subscriber', '--type', 'ci32', '--endpoint', await statuses.bound());

  const seen = await subscriber.next('frame');
  await sent.completed;

  const accepted = await sent.values.take();
  expect(accepted).toMatchObject({ sampleRate: 48_000, centerFreq: 10.25e6, streamId: 4_000_000_000, flags: 5 });
  expectSeen(seen, accepted);
});

it.skipIf(!HAS_LIVE_CF128)('doubles widened to 80 bits are the same numbers to doppler', async () => {
  const statuses = new Statuses();
  const doubles = pattern('cf64', 1, NUM_SAMPLES);
  const input = frame(float64ToCf128(doubles), { sampleType: 'cf128', ...META });
  const sent = record(of(input).pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 1, status: statuses })));
  const subscriber = Peer.start('subscriber', '--type', 'cf128', '--endpoint', await statuses.bound());

  const seen = await subscriber.next('frame');
  await sent.completed;

  expectSamples('cf64', Buffer.from(seen.float64!, 'base64'), doubles);
});
