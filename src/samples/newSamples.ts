import type { SampleType, SamplesByType } from './types.js';

const classes: { readonly [T in SampleType]: new (length: number) => SamplesByType[T] } = {
  ci8: Int8Array,
  ci16: Int16Array,
  ci32: Int32Array,
  cf32: Float32Array,
  cf64: Float64Array,
  cf128: Uint8Array,
};

/** New memory for samples of a type, all 0; `length` counts array elements. */
export function newSamples<T extends SampleType>(sampleType: T, length: number): SamplesByType[T] {
  return new classes[sampleType](length);
}
