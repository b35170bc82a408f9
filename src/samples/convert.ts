import { cf128ToFloat64 } from './cf128ToFloat64.js';
import { float64ToCf128 } from './float64ToCf128.js';
import type { SampleType, SamplesByType } from './types.js';
import { newSamples } from './newSamples.js';
import { quantize, rescale } from './quantize.js';

type Samples = SamplesByType[SampleType];

/** The value of 1.0 in each type: full scale of an integer with n bits is 2^(n - 1). */
export const FULL_SCALE: Readonly<Record<SampleType, number>> = {
  ci8: 2 ** 7,
  ci16: 2 ** 15,
  ci32: 2 ** 31,
  cf32: 1,
  cf64: 1,
  cf128: 1,
};

/** Samples of another type, and how many of their numbers did not fit. */
export interface Converted {
  readonly samples: Samples;
  readonly saturated: number;
}

/** Converts samples of one type to another, which must be different. */
export function convert(samples: Samples, from: SampleType, to: SampleType): Converted {
  const numbers = from === 'cf128' ? cf128ToFloat64(samples as Uint8Array) : samples;
  const scale = FULL_SCALE[to] / FULL_SCALE[from]; // powers of two: exact, up and down
  if (to === 'cf128') {
    const doubles = from === 'cf64' ? (numbers as Float64Array) : new Float64Array(numbers.length);
    if (doubles !== numbers) rescale(numbers, doubles, scale);
    return { samples: float64ToCf128(doubles), saturated: 0 };
  }
  if (from === 'cf128' && to === 'cf64') return { samples: numbers, saturated: 0 };
  const output = newSamples(to, numbers.length);
  if (FULL_SCALE[to] === 1) {
    rescale(numbers, output, scale);
    return { samples: output, saturated: 0 };
  }
  const most = FULL_SCALE[to] - 1;
  return { samples: output, saturated: quantize(numbers, output, scale, -FULL_SCALE[to], most) };
}
