import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dpstream } from '../../src/codecs/dpstream.js';
import { frame } from '../../src/frame/frame.js';
import { encodeEnd } from '../../src/dpstream/encodeMessage.js';
import type { FrameError } from '../../src/samples/FrameError.js';
import { bent, bytesOf, captured, expectedOf, goodMessage, typeOf } from './captured.js';

const codec = dpstream();
const withTelemetry = dpstream({ telemetry: true });

describe('what doppler 0.75.0 sent', () => {
  const frames = captured('frames').filter((path) => path.includes('/C'));

  it.each(frames)('reads %s, and encodes it to the same bytes', (path) => {
    const message = bytesOf(`${path}.bin`);
    const expected = expectedOf(path);
    const value = codec.decode([message]);
    expect(value).toMatchObject({
      sampleType: typeOf(expected),
      numSamples: Number(expected.numSamples),
      sequence: Number(expected.sequence),
      timestampNs: BigInt(expected.timestampNs),
      sampleRate: expected.sampleRate,
      centerFreq: expected.centerFreq,
      streamId: 0,
      flags: 0,
      protocol: 0,
      version: 2,
    });
    expect([...value.samples]).toEqual(expected.samples);
    expect(codec.encode(value)).toEqual([message]);
  });

  it('reads and writes telemetry', () => {
    const message = bytesOf('frames/TLM16-0.bin');
    const value = withTelemetry.decode([message]);
    const { records } = expectedOf('frames/TLM16-0');
    expect(value).toMatchObject({
      kind: 'telemetry',
      records: records!.map((record) => ({ ...record, n: BigInt(record.n) })),
      sequence: 0,
      sampleRate: 0,
    });
    expect(withTelemetry.encode(value)).toEqual([message]);
    expect(() => codec.decode([message])).toThrow(/telemetry: true/);
    expect(() => codec.encode(value as never)).toThrow(/telemetry: true/);
  });

  it.each(['frames/EOS-publisher', 'frames/EOS-push'])('knows %s, and writes the same bytes', (path) => {
    const message = bytesOf(`${path}.bin`);
    const { sequence, timestampNs } = expectedOf(path);
    expect(encodeEnd(Number(sequence), BigInt(timestampNs))).toEqual(message);
    expect(() => codec.decode([message])).toThrow(expect.objectContaining({ code: 'ERR_FRAME', fault: 'kind' }));
  });

  it.each(captured('legacy').filter((path) => path.includes('whole')))('reads %s, which is SIGS', (path) => {
    const value = codec.decode([bytesOf(`${path}.bin`)]);
    const expected = expectedOf(path);
    expect(value).toMatchObject({ numSamples: Number(expected.numSamples), version: 0x10000, sampleRate: 2.4e6 });
    expect([...value.samples]).toEqual(expected.samples);
  });
});

describe('what doppler refuses', () => {
  const refused: [string, string, Uint8Array][] = [
    ['10 bytes', 'header', goodMessage().subarray(0, 10)],
    ['no bytes', 'header', new Uint8Array()],
    ['another magic', 'magic', bent((_, message) => message.fill(65, 0, 8))],
    ['version 1', 'version', bent((view) => view.setUint16(16, 1, true))],
    ['version 3', 'version', bent((view) => view.setUint16(16, 3, true))],
    ['flag bit 1', 'flags', bent((view) => view.setUint16(18, 2, true))],
    ['the other byte order', 'byteOrder', bent((_, message) => message.set(new TextEncoder().encode('IEEE'), 8))],
    ['payload_bytes one more', 'length', bent((view) => view.setUint32(20, 17, true))],
    ['num_samples 3 for 2', 'length', bent((view) => view.setBigUint64(56, 3n, true))],
    ['num_samples 2 ** 61 + 2', 'length', bent((view) => view.setBigUint64(56, 2n ** 61n + 2n, true))],
    ['kind 3', 'kind', bent((view, message) => (view.setUint16(14, 3, true), message.fill(0, 12, 14)))],
    ['format AA', 'sampleType', bent((view) => view.setUint16(12, 0x4141, true))],
    ['a format of real samples', 'sampleType', bent((_, message) => message.set(new TextEncoder().encode('SF'), 12))],
    ['an end with a payload', 'length', bent((view) => (view.setUint16(12, 0, true), view.setUint16(14, 2, true)))],
    [
      'an end with a format',
      'sampleType',
      Uint8Array.from([...encodeEnd(0, 0n)].map((byte, at) => (at === 12 ? 67 : byte))),
    ],
    ['a chunk without its block', 'header', bent((view) => view.setUint16(18, 1, true))],
  ];

  it.each(refused)('refuses %s', (_, fault, message) => {
    let error: FrameError | undefined;
    try {
      withTelemetry.decode([message]);
    } catch (thrown) {
      error = thrown as FrameError;
    }
    expect(error).toMatchObject({ code: 'ERR_FRAME', fault });
  });

  it('takes what doppler takes', () => {
    expect(codec.decode([goodMessage()])).toMatchObject({ sequence: 5, numSamples: 2, timestampNs: 7n });
    const empty = bent((view) => (view.setUint32(20, 0, true), view.setBigUint64(56, 0n, true))).subarray(0, 64);
    expect(codec.decode([empty])).toMatchObject({ numSamples: 0, sampleType: 'cf32' });
    const last = 2n ** 64n - 1n;
    const far = bent((view) => (view.setBigUint64(24, last, true), view.setBigUint64(32, last, true)));
    expect(codec.decode([far])).toMatchObject({ sequence: 2 ** 64, timestampNs: last });
    expect(codec.decode([bent((view) => view.setFloat64(40, NaN, true))]).sampleRate).toBeNaN();
  });

  it('says which frames this wire has not', () => {
    expect(() => codec.encode(frame(new Uint8Array(32), { sampleType: 'cf128' }))).toThrow(/cf128.*convertSamples/);
    expect(() => codec.decode([goodMessage(), new Uint8Array(1)])).toThrow(/1 part/);
    expect(() => dpstream({ telemetry: 1 } as never)).toThrow(/'telemetry' must be a boolean/);
  });
});

describe('any message', () => {
  const samples = fc.oneof(
    fc.int8Array({ minLength: 1, maxLength: 40 }),
    fc.int16Array({ minLength: 1, maxLength: 40 }),
    fc.int32Array({ minLength: 1, maxLength: 40 }),
    fc.float32Array({ minLength: 1, maxLength: 40 }),
    fc.float64Array({ minLength: 1, maxLength: 3000 }),
  );

  it('says the same once it is read, wherever it stands', () => {
    fc.assert(
      fc.property(samples, fc.bigInt(0n, 2n ** 64n - 1n), fc.double(), fc.nat(7), (some, timestampNs, rate, at) => {
        const even = some.length % 2 === 0 ? some : some.slice(0, -1);
        fc.pre(even.length > 0);
        const sampleRate = Number.isNaN(rate) ? 0 : rate;
        const sent = frame(even as Float32Array, { timestampNs, sampleRate });
        const [message] = codec.encode(sent);
        const place = new Uint8Array(message!.length + at);
        place.set(message!, at);
        const read = codec.decode([place.subarray(at)]);
        expect({ ...read, version: sent.version }).toEqual(sent);
        expect(read.samples.buffer).not.toBe(place.buffer);
      }),
    );
  });

  it('is read or refused, never worse', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(79), fc.nat(255)), { maxLength: 6 }), fc.nat(80), (changes, length) => {
        const message = bent((_, bytes) => {
          for (const [at, byte] of changes) bytes[at] = byte;
        }).subarray(0, length === 0 ? 80 : length);
        try {
          withTelemetry.decode([message]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_FRAME' });
        }
      }),
    );
  });
});
