import { from } from 'rxjs';
import { decodeFrame, type Frame, fromPull, fromSub, type SampleType, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull, Push, Subscriber, XPublisher } from 'zeromq';
import { golden } from './harness/golden.js';
import { TYPES } from './harness/patterns.js';
import { bindFree, raw } from './harness/raw.js';
import { record, Statuses } from './harness/record.js';

const KEEP = { timestamp: 'keep', sequence: 'preserve' } as const;

/** What fixtures/sigs/README.md says of the frames: one full turn of 16 samples. */
const SCALES: Record<SampleType, number> = { ci8: 100, ci16: 30_000, ci32: 2e9, cf32: 1, cf64: 1, cf128: 1 };

function expectGolden(received: Frame, type: SampleType, k: 0 | 1): void {
  const [header, payload] = golden(type, k);
  expect(received).toMatchObject({
    sampleType: type,
    numSamples: 16,
    sampleRate: 2.4e6,
    centerFreq: 433.92e6,
    sequence: k,
    timestampNs: header.readBigUInt64LE(32),
    streamId: 0,
    flags: 0,
    protocol: 0,
    version: 0x00010000,
  });
  expect(Buffer.from(received.samples.buffer, received.samples.byteOffset, received.samples.byteLength)).toEqual(
    payload,
  );
  if (type === 'cf128') return;
  const integers = type.startsWith('ci');
  received.samples.forEach((value, i) => {
    const angle = (Math.PI * (i >> 1)) / 8;
    const exact = SCALES[type] * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(integers ? 0.5 + 1e-6 : 1e-7);
  });
}

describe.each(TYPES)('%s as doppler puts it on the wire', (type) => {
  it('PUSH to fromPull', async () => {
    const push = raw(new Push());
    const received = record(fromPull(await bindFree(push)));
    await push.send(golden(type, 0));
    await push.send(golden(type, 1));

    expectGolden(await received.values.take(), type, 0);
    expectGolden(await received.values.take(), type, 1);
  });

  it('PUB to fromSub', async () => {
    const publisher = raw(new XPublisher());
    const received = record(fromSub(await bindFree(publisher)));
    await publisher.receive(); // the subscription
    await publisher.send(golden(type, 0));
    await publisher.send(golden(type, 1));

    expectGolden(await received.values.take(), type, 0);
    expectGolden(await received.values.take(), type, 1);
  });

  it('toPush to PULL, byte for byte', async () => {
    const frames = [decodeFrame(golden(type, 0)), decodeFrame(golden(type, 1))];
    const statuses = new Statuses();
    const sent = record(from(frames).pipe(toPush('tcp://127.0.0.1:*', { ...KEEP, status: statuses })));
    const pull = raw(new Pull());
    pull.connect(await statuses.bound());

    expect(await pull.receive()).toEqual(golden(type, 0));
    expect(await pull.receive()).toEqual(golden(type, 1));
    await sent.completed;
  });

  it('toPub to SUB, byte for byte', async () => {
    const frames = [decodeFrame(golden(type, 0)), decodeFrame(golden(type, 1))];
    const statuses = new Statuses();
    const sent = record(
      from(frames).pipe(toPub('tcp://127.0.0.1:*', { ...KEEP, waitForSubscribers: 1, status: statuses })),
    );
    const subscriber = raw(new Subscriber());
    subscriber.subscribe();
    subscriber.connect(await statuses.bound());

    expect(await subscriber.receive()).toEqual(golden(type, 0));
    expect(await subscriber.receive()).toEqual(golden(type, 1));
    await sent.completed;
  });
});

it('sampleType takes its own type and counts the others as invalid', async () => {
  const statuses = new Statuses();
  const push = raw(new Push());
  const received = record(fromPull(await bindFree(push), { sampleType: 'cf32', status: statuses }));
  await push.send(golden('ci8', 0));
  await push.send(golden('cf32', 1));

  expectGolden(await received.values.take(), 'cf32', 1);
  expect((await statuses.take('invalid')).count).toBe(1);
});
