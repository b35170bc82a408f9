import { float64ToCf128, type SampleType, type SamplesByType } from '../../index.js';

export const sampleTypes = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'cf128'] as const satisfies readonly SampleType[];

/** Turns the signal's floats, from -1 to 1, into the samples of another type. */
export function toSamples(signal: Float32Array<ArrayBuffer>, type: SampleType): SamplesByType[SampleType] {
  switch (type) {
    case 'ci8':
      return scaled(new Int8Array(signal.length), signal, 2 ** 7 - 1);
    case 'ci16':
      return scaled(new Int16Array(signal.length), signal, 2 ** 15 - 1);
    case 'ci32':
      return scaled(new Int32Array(signal.length), signal, 2 ** 31 - 1);
    case 'cf32':
      return signal;
    case 'cf64':
      return Float64Array.from(signal);
    case 'cf128':
      return float64ToCf128(Float64Array.from(signal));
  }
}

function scaled<T extends Int8Array | Int16Array | Int32Array>(into: T, signal: Float32Array, by: number): T {
  for (let i = 0; i < signal.length; i++) into[i] = Math.round(Math.max(-1, Math.min(1, signal[i]!)) * by);
  return into;
}
