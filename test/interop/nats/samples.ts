import type { SamplesByType, SampleType } from 'rxzmq';

const classes = { ci8: Int8Array, ci16: Int16Array, ci32: Int32Array, cf32: Float32Array, cf64: Float64Array } as const;

/** Numbers as samples of a type. */
export function convertNumbers(type: SampleType, numbers: readonly number[]): SamplesByType[SampleType] {
  return new classes[type as keyof typeof classes](numbers);
}
