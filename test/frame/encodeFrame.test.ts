import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../src/frame/decodeFrame.js';
import { encodeFrame } from '../../src/frame/encodeFrame.js';
import { frame } from '../../src/frame/frame.js';
import { checkFrame } from '../../src/frame/checkFrame.js';
import { writeHeader } from '../../src/frame/writeHeader.js';
import type { Frame } from '../../src/frame/types.js';
import { bytesOf, frames, thrownBy } from './arbitraries.js';
import { golden } from './golden.js';

describe('golden frames', () => {
  it.each(golden)('$sampleType $sequence encodes to the same bytes', ({ header, payload }) => {
    const [ownHeader, ownPayload] = encodeFrame(decodeFrame([header, payload]));
    expect(bytesOf(ownHeader)).toEqual(bytesOf(header));
    expect(bytesOf(ownPayload)).toEqual(bytesOf(payload));
  });
});

it('writes every field where the wire has it, as a DataView reads it', () => {
  fc.assert(
    fc.property(frames, (value) => {
      const [header, payload] = encodeFrame(value);
      const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
      expect(header.byteLength).toBe(96);
      expect(view.getUint32(0, true)).toBe(0x53494753);
      expect(view.getUint32(4, true)).toBe(value.version);
      expect(view.getUint32(8, true)).toBe(0);
      expect(view.getUint32(12, true)).toBe(value.streamId);
      const code = { ci32: 0, cf64: 1, cf128: 2, ci8: 3, ci16: 4, cf32: 5 }[value.sampleType];
      expect(view.getUint32(16, true)).toBe(code);
      expect(view.getUint32(20, true)).toBe(value.flags);
      expect(view.getBigUint64(24, true)).toBe(BigInt(value.sequence));
      expect(view.getBigUint64(32, true)).toBe(value.timestampNs);
      expect(view.getFloat64(40, true)).toBe(value.sampleRate);
      expect(view.getFloat64(48, true)).toBe(value.centerFreq);
      expect(view.getBigUint64(56, true)).toBe(BigInt(value.numSamples));
      expect(bytesOf(header.subarray(64))).toEqual(new Array(32).fill(0));
      expect(bytesOf(payload)).toEqual(bytesOf(value.samples));
    }),
  );
});

it('gives a payload over the same memory, of a piece of a buffer too', () => {
  const samples = new Int16Array(new ArrayBuffer(64), 6, 4);
  const [, payload] = encodeFrame(frame(samples));
  expect(payload.buffer).toBe(samples.buffer);
  expect([payload.byteOffset, payload.byteLength]).toEqual([6, 8]);
  expect(Object.prototype.toString.call(payload)).toBe('[object Uint8Array]');
});

it('gives a plain Uint8Array of a Buffer', () => {
  const [header, payload] = encodeFrame(frame(Buffer.alloc(32), { sampleType: 'cf128' }));
  expect(Object.getPrototypeOf(payload)).toBe(Uint8Array.prototype);
  expect(Object.getPrototypeOf(header)).toBe(Uint8Array.prototype);
});

it('gives a header that no later call touches', () => {
  const headers = Array.from({ length: 200 }, (_, flags) => encodeFrame(frame(new Int8Array(2), { flags }))[0]);
  headers.forEach((header, flags) => {
    expect(header[20]).toBe(flags & 0xff);
    header.fill(0xff);
  });
  const [later] = encodeFrame(frame(new Int8Array(2)));
  expect(bytesOf(later.subarray(64))).toEqual(new Array(32).fill(0));
  headers.forEach((header) => expect(header.every((byte) => byte === 0xff)).toBe(true));
});

it('refuses what is no frame', () => {
  expect(thrownBy(() => encodeFrame({ ...frame(new Int8Array(2)), flags: -1 }))).toMatchObject({
    code: 'ERR_FRAME',
    fault: 'value',
    message: 'encodeFrame: flags must be an integer from 0 to 4294967295, not -1',
  });
  expect(thrownBy(() => encodeFrame(new Float32Array(2) as unknown as Frame))).toMatchObject({ fault: 'value' });
  const empty = { ...frame(new Int8Array(2)), samples: new Int8Array(0), numSamples: 0 };
  expect(thrownBy(() => encodeFrame(empty))).toMatchObject({ fault: 'length' });
});

it('encodes a changed copy with as many samples as it holds', () => {
  const made = frame(new Float32Array(8));
  for (const numSamples of [1, 4, 7]) {
    const parts = encodeFrame({ ...made, samples: new Float32Array(2 * numSamples) });
    expect(decodeFrame(parts)).toMatchObject({ numSamples, timestampNs: made.timestampNs });
  }
});

it('writes a header at any offset, and nothing around it', () => {
  for (let offset = 0; offset < 17; offset++) {
    const value = decodeFrame([golden[3]!.header, golden[3]!.payload]);
    const target = new Uint8Array(128).fill(0xaa);
    writeHeader(value, checkFrame(value), target, offset);
    expect(bytesOf(target.subarray(offset, offset + 96))).toEqual(bytesOf(golden[3]!.header));
    expect(target.subarray(0, offset).every((byte) => byte === 0xaa)).toBe(true);
    expect(target.subarray(offset + 96).every((byte) => byte === 0xaa)).toBe(true);
  }
});
