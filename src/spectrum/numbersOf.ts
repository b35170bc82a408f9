import type { Frame } from '../frame/types.js';
import { cf128ToFloat64 } from '../samples/cf128ToFloat64.js';
import { FULL_SCALE } from '../samples/convert.js';

/** Interleaved I and Q as plain numbers, and the factor that makes full scale 1. */
export interface Numbers {
  readonly values: ArrayLike<number>;
  readonly scale: number;
}

/** The samples of a frame of any type as plain numbers; only `cf128` is copied. */
export function numbersOf({ sampleType, samples }: Frame): Numbers {
  const values = sampleType === 'cf128' ? cf128ToFloat64(samples) : samples;
  return { values, scale: 1 / FULL_SCALE[sampleType] };
}
