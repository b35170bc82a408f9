import { cf128ToFloat64, type Frame, type SampleType } from 'rxzmq';
import { expect } from 'vitest';
import type { Events, SeenFrame } from './Peer.js';
import { bytesOf, DTYPES, pattern, patternRounded, WIRE_TYPES } from './patterns.js';

/** Metadata that only exact doubles keep. */
export const META = { sampleRate: 2_048_000 + 1 / 3, centerFreq: 433_920_000.1 };
export const NUM_SAMPLES = 33;

/** Fails unless samples have the same values, bit for bit. */
export function expectSamples(type: SampleType, actual: ArrayBufferView, expected: ArrayBufferView): void {
  expect(bytesOf(type, actual).toString('hex')).toBe(bytesOf(type, expected).toString('hex'));
}

/** Fails unless a frame from doppler has the samples of `pattern(type, seed, NUM_SAMPLES)`, and META. */
export function expectFrame(frame: Frame, type: SampleType, seed: number, facts: Partial<Frame>): void {
  expect(frame).toMatchObject({
    ...META,
    sampleType: type,
    numSamples: NUM_SAMPLES,
    streamId: 0,
    flags: 0,
    protocol: 0,
    version: 0x00010000,
    ...facts,
  });
  const expected = pattern(type, seed, NUM_SAMPLES);
  expect(frame.samples.constructor).toBe(expected.constructor);
  expectSamples(type, frame.samples, expected);
  if (frame.sampleType === 'cf128') {
    expectSamples('cf64', cf128ToFloat64(frame.samples), patternRounded(seed, NUM_SAMPLES));
  }
}

/** Fails unless doppler stamped the frame while it sent it. */
export function expectStampedBetween(frame: Frame, { before, after }: Events['sent']): void {
  expect(frame.timestampNs).toBeGreaterThanOrEqual(BigInt(before));
  expect(frame.timestampNs).toBeLessThanOrEqual(BigInt(after));
}

/** Fails unless a peer saw what a sink says it sent. */
export function expectSeen(seen: SeenFrame, sent: Frame): void {
  const type = sent.sampleType;
  expect(seen.header).toMatchObject({
    sample_rate: sent.sampleRate,
    center_freq: sent.centerFreq,
    sample_type: WIRE_TYPES[type],
    timestamp_ns: String(sent.timestampNs),
    sequence: sent.sequence,
    num_samples: sent.numSamples,
    protocol: sent.protocol,
    stream_id: sent.streamId,
  });
  expect(seen.dtype).toBe(DTYPES[type]);
  expect(seen.shape).toEqual([type.startsWith('ci') ? 2 * sent.numSamples : sent.numSamples]);
  expect(Buffer.from(seen.samples, 'base64').equals(asBytes(sent.samples))).toBe(true);
  if (sent.sampleType === 'cf128') {
    expectSamples('cf64', cf128ToFloat64(sent.samples), Buffer.from(seen.float64!, 'base64'));
  }
}

/** Fails unless a timestamp was taken since `sinceNs`, by the clock that peers on this machine have too. */
export function expectRecent(timestampNs: bigint, sinceNs: bigint): void {
  expect(timestampNs).toBeGreaterThanOrEqual(sinceNs);
  expect(timestampNs).toBeLessThanOrEqual(wallClockNs() + 1_000_000n);
}

/** The wall clock as Date tells it: cut to whole milliseconds. */
export function wallClockNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

function asBytes(samples: ArrayBufferView): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
