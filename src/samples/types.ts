/**
 * How one complex sample is stored, I before Q, little-endian: `ci8`, `ci16`, `ci32` signed integers, `cf32`, `cf64`
 * IEEE floats, `cf128` x87 80-bit extended precision in 16 bytes.
 */
export type SampleType = 'ci8' | 'ci16' | 'ci32' | 'cf32' | 'cf64' | 'cf128';

/** The typed array that holds samples of each type. JavaScript has no number type for `cf128`: 32 raw bytes a sample. */
export interface SamplesByType {
  ci8: Int8Array;
  ci16: Int16Array;
  ci32: Int32Array;
  cf32: Float32Array;
  cf64: Float64Array;
  cf128: Uint8Array;
}

/** Interleaved samples: element 2k is I and 2k+1 is Q of sample k (`cf128`: bytes 32k to 32k+15 and 32k+16 to 32k+31). */
export type SamplesOf<T extends SampleType> = SamplesByType[T];
