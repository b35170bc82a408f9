import type { SampleType, SamplesOf } from 'rxzmq';

/** Every type: three that doppler's Python binding speaks, three that only the C library inside it does. */
export const TYPES = ['ci32', 'cf64', 'cf128', 'ci8', 'ci16', 'cf32'] as const satisfies readonly SampleType[];
/** Only on x86 is a C long double what cf128 says it is. */
export const HAS_LIVE_CF128 = process.arch === 'x64';
export const LIVE_TYPES = TYPES.filter((type) => HAS_LIVE_CF128 || type !== 'cf128');
export const WIRE_TYPES: Record<SampleType, number> = { ci32: 0, cf64: 1, cf128: 2, ci8: 3, ci16: 4, cf32: 5 };
export const DTYPES: Record<SampleType, string> = {
  ci8: 'int8',
  ci16: 'int16',
  ci32: 'int32',
  cf32: 'complex64',
  cf64: 'complex128',
  cf128: 'complex256',
};
const CF128_COMPONENT = 16;
const CF128_SIGNIFICANT = 10; // of each 16 bytes; the rest is padding that a C compiler need not set

/** Sample values by formula. peers/patterns.py has the same formulas: neither side copies the other's bytes. */
export function pattern<T extends SampleType>(type: T, seed: number, numSamples: number): SamplesOf<T>;
export function pattern(type: SampleType, seed: number, numSamples: number): SamplesOf<SampleType> {
  const length = 2 * numSamples;
  switch (type) {
    case 'ci8':
      return withExtremes(
        Int8Array.from({ length }, (_, i) => integer(seed, i, 8)),
        [-(2 ** 7), 2 ** 7 - 1],
      );
    case 'ci16':
      return withExtremes(
        Int16Array.from({ length }, (_, i) => integer(seed, i, 16)),
        [-(2 ** 15), 2 ** 15 - 1],
      );
    case 'ci32':
      return withExtremes(
        Int32Array.from({ length }, (_, i) => integer(seed, i, 32)),
        [-(2 ** 31), 2 ** 31 - 1],
      );
    case 'cf32':
      return withExtremes(
        Float32Array.from({ length }, (_, i) => float(seed, i)),
        [-0, 2 ** -149, (2 - 2 ** -23) * 2 ** 127, -Infinity],
      );
    case 'cf64':
      return withExtremes(
        Float64Array.from({ length }, (_, i) => float(seed, i)),
        [-0, Number.MIN_VALUE, Number.MAX_VALUE, -Infinity],
      );
    case 'cf128': {
      const bytes = new Uint8Array(length * CF128_COMPONENT);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < length; i += 1) {
        const { negative, significand, exponent } = extended(seed, i);
        view.setBigUint64(i * CF128_COMPONENT, significand, true);
        view.setUint16(
          i * CF128_COMPONENT + 8,
          (negative ? 0x8000 : 0) | (significand === 0n ? 0 : exponent + 63 + 16383),
          true,
        );
      }
      return bytes;
    }
  }
}

/** The doubles nearest to the values of `pattern('cf128', ...)`, most of which are none themselves. */
export function patternRounded(seed: number, numSamples: number): Float64Array {
  return Float64Array.from({ length: 2 * numSamples }, (_, i) => {
    const { negative, significand, exponent } = extended(seed, i);
    return EXTENDED_EDGES[i]?.rounded ?? (negative ? -1 : 1) * Number(significand) * 2 ** exponent; // Number() rounds
  });
}

/** What doppler's Replier of the tests answers to samples. */
export function inverted<T extends SampleType>(type: T, samples: SamplesOf<T>): SamplesOf<T>;
export function inverted(type: SampleType, samples: SamplesOf<SampleType>): SamplesOf<SampleType> {
  if (type === 'cf128') {
    return Uint8Array.from(samples, (byte, i) => (i % CF128_COMPONENT === CF128_SIGNIFICANT - 1 ? byte ^ 0x80 : byte));
  }
  const copy = samples.slice();
  return copy.map((value) => (type.startsWith('cf') ? -value : ~value));
}

/** The bytes of samples, with the padding that a peer may leave undefined cleared. */
export function bytesOf(type: SampleType, samples: ArrayBufferView): Buffer {
  const bytes = Buffer.from(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  if (type === 'cf128') {
    for (let i = 0; i < bytes.length; i += CF128_COMPONENT) bytes.fill(0, i + CF128_SIGNIFICANT, i + CF128_COMPONENT);
  }
  return bytes;
}

function integer(seed: number, i: number, bits: number): number {
  return Number(BigInt.asIntN(bits, 2654435761n * BigInt(i + 1) + 40503n * BigInt(seed)));
}

function float(seed: number, i: number): number {
  return (i % 2 === 0 ? 1 : -1) * ((i + 1) / (seed + 3)) * 2 ** ((i % 40) - 20);
}

interface Extended {
  readonly negative: boolean;
  readonly significand: bigint;
  /** The power of two that the significand is multiplied with. */
  readonly exponent: number;
}

const HIGHEST = 1n << 63n;
const EXTENDED_EDGES: readonly (Extended & { readonly rounded: number })[] = [
  { negative: true, significand: 0n, exponent: 0, rounded: -0 },
  { negative: false, significand: HIGHEST + 1n, exponent: 5000, rounded: Infinity }, // beyond the largest double
  { negative: true, significand: HIGHEST + 1n, exponent: -5000, rounded: -0 }, // below the smallest
  // a subnormal double, just above the middle of two: rounding twice would give the lower one
  { negative: false, significand: HIGHEST + (1n << 48n) + 1n, exponent: -1123, rounded: 2 ** -1060 + 2 ** -1074 },
  { negative: false, significand: HIGHEST + (1n << 10n), exponent: -63, rounded: 1 }, // in the middle: 1 is even
  { negative: false, significand: HIGHEST + (3n << 10n), exponent: -63, rounded: 1 + 2 ** -51 }, // the upper one is
];

/** 80-bit values whose 64-bit significands all end in a one: none of them fits a double. A few edges come first. */
function extended(seed: number, i: number): Extended {
  const significand = BigInt.asUintN(64, 0x9e3779b97f4a7c15n * BigInt(i + 1) + BigInt(seed)) | HIGHEST | 1n;
  return EXTENDED_EDGES[i] ?? { negative: i % 2 === 1, significand, exponent: (i % 200) - 163 };
}

function withExtremes<A extends SamplesOf<'ci8' | 'ci16' | 'ci32' | 'cf32' | 'cf64'>>(samples: A, values: number[]): A {
  samples.set(values.slice(0, samples.length));
  return samples;
}
