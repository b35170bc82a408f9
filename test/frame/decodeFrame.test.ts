import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameError } from '../../src/samples/FrameError.js';
import { cf128ToFloat64 } from '../../src/samples/cf128ToFloat64.js';
import { decodeFrame } from '../../src/frame/decodeFrame.js';
import { encodeFrame } from '../../src/frame/encodeFrame.js';
import { frame } from '../../src/frame/frame.js';
import { readFrame } from '../../src/frame/readFrame.js';
import { bytesOf, frames, thrownBy } from './arbitraries.js';
import { golden, goldenValues } from './golden.js';

const KEYS = Object.keys(frame(new Int8Array(2)));
const tagOf = (value: unknown) => Object.prototype.toString.call(value);

describe('golden frames', () => {
  it.each(golden)(
    '$sampleType $sequence has the values that were sent',
    ({ sampleType, sequence, header, payload }) => {
      const decoded = decodeFrame([header, payload]);
      expect(decoded).toMatchObject({ sampleType, sequence, numSamples: 16, sampleRate: 2.4e6, centerFreq: 433.92e6 });
      expect(decoded).toMatchObject({ streamId: 0, flags: 0, protocol: 0, version: 0x00010000 });
      // sent in 2026, in ns
      expect(decoded.timestampNs > 1_700_000_000n * 10n ** 9n && decoded.timestampNs < 2n ** 63n).toBe(true);
      const values = decoded.sampleType === 'cf128' ? cf128ToFloat64(decoded.samples) : decoded.samples;
      expect(values).toHaveLength(32);
      const exact = goldenValues(sampleType);
      if (sampleType.startsWith('ci')) {
        // within half a unit of the formula: rounded to nearest
        values.forEach((value, k) => expect(Math.abs(value - exact[k]!)).toBeLessThanOrEqual(0.5 + 1e-6));
      } else {
        const tolerance = sampleType === 'cf32' ? 2 ** -24 : 2 ** -52;
        values.forEach((value, k) => expect(Math.abs(value - exact[k]!)).toBeLessThanOrEqual(tolerance));
      }
    },
  );

  it.each([0, 1])('the two cf64 and cf128 ones of sequence %i agree to the bit', (sequence) => {
    const [double, extended] = ['cf64', 'cf128'].map((type) => {
      const { header, payload } = golden.find((g) => g.sampleType === type && g.sequence === sequence)!;
      return decodeFrame([header, payload]);
    });
    expect(cf128ToFloat64(extended!.samples as Uint8Array)).toEqual(double!.samples);
  });
});

it('gives back every frame that was encoded', () => {
  fc.assert(
    fc.property(frames, (value) => {
      const decoded = decodeFrame(encodeFrame(value));
      expect({ ...decoded, samples: 0 }).toEqual({ ...value, samples: 0 });
      expect(tagOf(decoded.samples)).toBe(tagOf(value.samples));
      expect(bytesOf(decoded.samples)).toEqual(bytesOf(value.samples));
    }),
  );
});

it('takes header and payload at any offset: a view where that is aligned, a copy elsewhere', () => {
  fc.assert(
    fc.property(frames, fc.nat(31), fc.nat(31), fc.boolean(), (value, headerAt, payloadAt, asBuffer) => {
      const [header, payload] = encodeFrame(value);
      const page = new Uint8Array(96 + headerAt + payload.length + payloadAt + 64);
      page.set(header, headerAt);
      const start = 128 + headerAt - (headerAt % 32) + payloadAt;
      const memory = new Uint8Array(start + payload.length);
      memory.set(payload, start);
      const parts = [page.subarray(headerAt, headerAt + 96), memory.subarray(start)];
      const decoded = decodeFrame(
        asBuffer ? parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.length)) : parts,
      );
      const { samples } = decoded;
      expect({ ...decoded, samples: 0 }).toEqual({ ...value, samples: 0 });
      expect(bytesOf(samples)).toEqual(bytesOf(value.samples));
      expect(samples.byteOffset % samples.BYTES_PER_ELEMENT).toBe(0);
      expect(Object.getPrototypeOf(samples)).toBe(Object.getPrototypeOf(value.samples));
      const isAligned = start % samples.BYTES_PER_ELEMENT === 0;
      expect(samples.buffer === memory.buffer).toBe(isAligned);
    }),
    { numRuns: 500 },
  );
});

it('gives plain objects with the keys of the interface in order, and no peer', () => {
  const decoded = decodeFrame(encodeFrame(frame(new Float32Array(2))));
  expect(Object.keys(decoded)).toEqual(KEYS);
  expect('peer' in decoded).toBe(false);
  expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  const samples = new Float32Array(2);
  expect({ ...decoded, samples }.samples).toBe(samples);
});

it('says the peer where it is known', () => {
  const [header, payload] = encodeFrame(frame(new Float32Array(2)));
  expect(Object.keys(readFrame(header, payload, 0))).toEqual([...KEYS, 'peer']);
  expect(readFrame(header, payload, 0).peer).toBe(0);
});

it('takes parts of another realm', () => {
  const [header, payload] = encodeFrame(frame(new Float32Array([1, 2])));
  const foreign = runInNewContext('[a, b].map((part) => new Uint8Array(part))', { a: header, b: payload });
  expect(decodeFrame(foreign as Uint8Array[]).samples).toEqual(new Float32Array([1, 2]));
});

it('does not change with its header', () => {
  const [header, payload] = encodeFrame(frame(new Float32Array(2), { flags: 7 }));
  const decoded = decodeFrame([header, payload]);
  header.fill(0);
  expect(decoded.flags).toBe(7);
});

/** The parts of a good ci16 frame of 4 samples, with one 32- or 64-bit field of the header changed. */
function parts(change?: (header: DataView) => void): [Uint8Array, Uint8Array] {
  const [header, payload] = encodeFrame(frame(new Int16Array(8)));
  change?.(new DataView(header.buffer, header.byteOffset, 96));
  return [header, payload];
}

it('takes an unknown version and 0 samples as they are', () => {
  expect(decodeFrame(parts((header) => header.setUint32(4, 99, true))).version).toBe(99);
  const [header] = parts((view) => view.setBigUint64(56, 0n, true));
  const decoded = decodeFrame([header, new Uint8Array(0)]);
  expect(decoded.numSamples).toBe(0);
  expect(decoded.samples).toEqual(new Int16Array(0));
});

it('ignores what is reserved', () => {
  expect(decodeFrame(parts((header) => header.setBigUint64(64, 5n, true))).numSamples).toBe(4);
});

it('reads a sequence up to 2^53', () => {
  const { MAX_SAFE_INTEGER } = Number;
  const read = (sequence: bigint) => decodeFrame(parts((header) => header.setBigUint64(24, sequence, true))).sequence;
  expect(read(BigInt(MAX_SAFE_INTEGER))).toBe(MAX_SAFE_INTEGER);
  expect(read(2n ** 53n)).toBe(2 ** 53);
  expect(read(2n ** 32n + 5n)).toBe(2 ** 32 + 5);
});

const [header, payload] = parts();

describe('refuses', () => {
  it.each<[name: string, fault: string, said: string[], parts: unknown]>([
    ['no parts', 'parts', ['2 parts', '0'], []],
    ['1 part', 'parts', ['2 parts', 'has 1'], [header]],
    ['3 parts', 'parts', ['2 parts', 'has 3'], [header, payload, payload]],
    ['what is no array', 'parts', ['Uint8Array'], header],
    ['undefined', 'parts', ['undefined'], undefined],
    ['a header that is text', 'value', ['header', "'SIGS'"], ['SIGS', payload]],
    ['a payload of another class', 'value', ['payload', 'Int16Array'], [header, new Int16Array(8)]],
    ['a payload that is missing', 'value', ['payload', 'undefined'], [header, undefined]],
    ['a short header', 'header', ['96 bytes', '95'], [header.subarray(0, 95), payload]],
    ['a long header', 'header', ['96 bytes', '97'], [new Uint8Array(97), payload]],
    ['an empty header', 'header', ['96 bytes', '0'], [new Uint8Array(0), payload]],
    ['zeros', 'magic', ['0x53494753', '0x00000000'], [new Uint8Array(96), payload]],
    ['the magic backwards', 'magic', ['0x53474953'], parts((view) => view.setUint32(0, 0x53494753, false))],
    ['DIFI', 'protocol', ['protocol 1'], parts((view) => view.setUint32(8, 1, true))],
    ['sample type 6', 'sampleType', ['sample type 6'], parts((view) => view.setUint32(16, 6, true))],
    ['sample type 2^32 - 1', 'sampleType', ['4294967295'], parts((view) => view.setInt32(16, -1, true))],
    [
      'a sequence above 2^53',
      'range',
      ['sequence is 9007199254740993'],
      parts((view) => view.setBigUint64(24, 2n ** 53n + 1n, true)),
    ],
    ['the highest sequence', 'range', ['18446744073709551615'], parts((view) => view.setBigInt64(24, -1n, true))],
    [
      'num_samples above 2^53',
      'range',
      ['num_samples is 9007199254740993'],
      parts((view) => view.setBigUint64(56, 2n ** 53n + 1n, true)),
    ],
    [
      'num_samples of 2^63',
      'range',
      ['num_samples is 9223372036854775808'],
      parts((view) => view.setBigUint64(56, 2n ** 63n, true)),
    ],
    ['num_samples of 2^53', 'length', ['9007199254740992'], parts((view) => view.setBigUint64(56, 2n ** 53n, true))],
    ['num_samples of 2^32 + 4', 'length', ['4294967300'], parts((view) => view.setBigUint64(56, 2n ** 32n + 4n, true))],
    ['too short a payload', 'length', ['num_samples 4 of ci16 take 16 bytes', 'has 15'], [header, payload.subarray(1)]],
    ['too long a payload', 'length', ['num_samples 4 of ci16 take 16 bytes', 'has 18'], [header, new Uint8Array(18)]],
    [
      'another type of the same length',
      'length',
      ['num_samples 4 of ci8 take 8 bytes'],
      parts((view) => view.setUint32(16, 3, true)),
    ],
  ])('%s', (_, fault, said, given) => {
    const error = thrownBy(() => decodeFrame(given as Uint8Array[]));
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject({ name: 'FrameError', code: 'ERR_FRAME', fault });
    for (const words of said) expect(error.message).toContain(words);
  });

  it('any bytes with nothing but a FrameError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 92, maxLength: 92 }), fc.uint8Array(), (rest, body) => {
        const bytes = new Uint8Array([0x53, 0x47, 0x49, 0x53, ...rest]);
        bytes.fill(0, 8, 12);
        bytes.fill(0, 17, 20);
        try {
          decodeFrame([bytes, body]);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
    );
  });
});
