import { from, of, Subject } from 'rxjs';
import { frame, type FrameInput, fromPull, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import {
  expectFrame,
  expectRecent,
  expectSamples,
  expectSeen,
  expectStampedBetween,
  META,
  NUM_SAMPLES,
  wallClockNs,
} from './harness/expectations.js';
import { Peer } from './harness/Peer.js';
import { pattern, LIVE_TYPES } from './harness/patterns.js';
import { record, Statuses } from './harness/record.js';

describe.each(LIVE_TYPES)('%s', (type) => {
  it('doppler Push to fromPull', async () => {
    const push = Peer.start('push', '--type', type);
    const received = record(fromPull(await push.bound()));
    for (let seed = 0; seed < 20; seed += 1) push.order({ seed, numSamples: NUM_SAMPLES, ...META });

    const frames = await received.values.takeMany(20);
    const sent = await push.take(20, 'sent');

    frames.forEach((frame, i) => {
      expectFrame(frame, type, i, { sequence: i });
      expectStampedBetween(frame, sent[i]!);
    });
    expect(received.open).toBe(true);
  });

  it('toPush to doppler Pull', async () => {
    const since = wallClockNs();
    const statuses = new Statuses();
    const inputs = Array.from({ length: 20 }, (_, i) =>
      frame(pattern(type, i, NUM_SAMPLES), { sampleType: type, ...META }),
    );
    const sent = record(from(inputs).pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
    const pull = Peer.start('pull', '--type', type, '--endpoint', await statuses.bound());

    const seen = await pull.take(20, 'frame');
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

it('a large frame arrives whole, both ways', async () => {
  const numSamples = 100_000; // 1.6 MB
  const push = Peer.start('push', '--type', 'cf64');
  const received = record(fromPull(await push.bound()));
  push.order({ seed: 0, numSamples, ...META });
  const large = await received.values.take();
  expect(large.numSamples).toBe(numSamples);
  expectSamples('cf64', large.samples, pattern('cf64', 0, numSamples));

  const statuses = new Statuses();
  const sent = record(of(large).pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
  const pull = Peer.start('pull', '--type', 'cf64', '--endpoint', await statuses.bound());
  const seen = await pull.next('frame');
  await sent.completed;
  expect(seen.matches).toBe(true);
  expectSeen(seen, await sent.values.take());
});

it('a frame relayed from doppler to doppler keeps its values and its time', async () => {
  const push = Peer.start('push', '--type', 'cf64');
  const statuses = new Statuses();
  const relayed = record(
    fromPull(await push.bound()).pipe(
      toPush('tcp://127.0.0.1:*', { status: statuses, timestamp: 'keep', sequence: 'preserve' }),
    ),
  );
  const pull = Peer.start('pull', '--type', 'cf64', '--endpoint', await statuses.bound());
  for (let seed = 0; seed < 5; seed += 1) push.order({ seed, numSamples: NUM_SAMPLES, ...META });

  const seen = await pull.take(5, 'frame');
  const sent = await push.take(5, 'sent');

  seen.forEach(({ matches, header }, i) => {
    expect(matches).toBe(true);
    expect(header).toMatchObject({ sequence: i, sample_rate: META.sampleRate, center_freq: META.centerFreq });
    expect(BigInt(header.timestamp_ns)).toBeGreaterThanOrEqual(BigInt(sent[i]!.before));
    expect(BigInt(header.timestamp_ns)).toBeLessThanOrEqual(BigInt(sent[i]!.after));
  });
  expect(relayed.open).toBe(true);
});

it('doppler Pulls share what toPush sends: each frame reaches one of them', async () => {
  const count = 100;
  const statuses = new Statuses();
  const input = new Subject<FrameInput>();
  const sent = record(input.pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
  const endpoint = await statuses.bound();
  const pulls = [0, 1].map(() => Peer.start('pull', '--type', 'ci32', '--endpoint', endpoint));
  await statuses.take('connected');
  await statuses.take('connected');
  for (let seed = 0; seed < count; seed += 1) input.next(frame(pattern('ci32', seed, NUM_SAMPLES), META));
  input.complete();

  const seen = await Promise.all(pulls.map((pull) => pull.take(count / 2, 'frame'))); // round-robin: half each
  await sent.completed;

  const sequences = seen.flat().map(({ header }) => header.sequence);
  expect(sequences.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(seen.flat().every(({ matches }) => matches)).toBe(true);
});

it('several doppler Pushes meet in one fromPull', async () => {
  const pushes = [0, 1, 2].map(() => Peer.start('push', '--type', 'ci32'));
  const received = record(fromPull(await Promise.all(pushes.map((push) => push.bound()))));
  for (let seed = 0; seed < 10; seed += 1) {
    pushes.forEach((push, i) => push.order({ seed, numSamples: NUM_SAMPLES, ...META, centerFreq: i }));
  }

  const frames = await received.values.takeMany(30);

  for (const i of pushes.keys()) {
    const own = frames.filter(({ centerFreq }) => centerFreq === i);
    expect(own).toHaveLength(10);
    own.forEach((frame, k) => expectFrame(frame, 'ci32', k, { sequence: k, centerFreq: i }));
  }
});
