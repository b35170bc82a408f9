import fc from 'fast-check';
import type { SampleType, SamplesByType } from '../../src/samples/types.js';
import type { Frame } from '../../src/frame/types.js';

const view: { [T in SampleType]: (bytes: Uint8Array<ArrayBuffer>) => SamplesByType[T] } = {
  ci8: ({ buffer }) => new Int8Array(buffer),
  ci16: ({ buffer }) => new Int16Array(buffer),
  ci32: ({ buffer }) => new Int32Array(buffer),
  cf32: ({ buffer }) => new Float32Array(buffer),
  cf64: ({ buffer }) => new Float64Array(buffer),
  cf128: ({ buffer }) => new Uint8Array(buffer),
};
const bytesPerSample: Record<SampleType, number> = { ci8: 2, ci16: 4, ci32: 8, cf32: 8, cf64: 16, cf128: 32 };

/** Samples of any bits: NaN payloads and all. */
export const samplesOf = (sampleType: SampleType) =>
  fc.integer({ min: 1, max: 40 }).chain((numSamples) => {
    const length = numSamples * bytesPerSample[sampleType];
    return fc.uint8Array({ minLength: length, maxLength: length }).map((b) => view[sampleType](new Uint8Array(b)));
  });

export const uint32 = fc.integer({ min: 0, max: 0xffffffff });
export const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** Frames of every type, with any metadata that can be sent. */
export const frames: fc.Arbitrary<Frame> = fc
  .constantFrom<SampleType>('ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'cf128')
  .chain((sampleType) =>
    fc.record({
      sampleType: fc.constant(sampleType),
      samples: samplesOf(sampleType),
      sampleRate: fc.double(),
      centerFreq: fc.double(),
      sequence: fc.maxSafeNat(),
      timestampNs: uint64,
      streamId: uint32,
      flags: uint32,
      version: uint32,
    }),
  )
  .map((fields) => ({
    ...fields,
    protocol: 0,
    numSamples: fields.samples.byteLength / bytesPerSample[fields.sampleType],
  })) as fc.Arbitrary<Frame>;

/** The bytes of any array, for comparison by bits. */
export const bytesOf = (array: ArrayBufferView) =>
  Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));

/** What a function throws; fails where it does not. */
export function thrownBy(action: () => unknown): Error & Record<string, unknown> {
  try {
    action();
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('nothing was thrown');
}
