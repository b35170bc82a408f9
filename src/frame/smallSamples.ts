import { copyWords, OWN_BYTES } from '../memory/pages.js';
import type { SampleTypeInfo } from '../samples/sampleTypes.js';
import type { SampleType, SamplesByType } from '../samples/types.js';

const scratch = new ArrayBuffer(OWN_BYTES);
const scratchView = new DataView(scratch);
/** The whole memory as an array of each type: a slice of that is faster than a view and a copy, and keeps every bit of a NaN. */
const whole: SamplesByType = {
  ci8: new Int8Array(scratch),
  ci16: new Int16Array(scratch),
  ci32: new Int32Array(scratch),
  cf32: new Float32Array(scratch),
  cf64: new Float64Array(scratch),
  cf128: new Uint8Array(scratch),
};

/** Samples of at most {@link OWN_BYTES} bytes, in separate memory. */
export function smallSamples(
  source: DataView,
  start: number,
  length: number,
  info: SampleTypeInfo,
): SamplesByType[SampleType] {
  copyWords(source, start, length, scratchView, 0);
  const all = whole[info.name];
  return all.slice(0, length / all.BYTES_PER_ELEMENT);
}
