import type { SampleTypeInfo } from '../samples/sampleTypes.js';
import type { SampleType, SamplesByType } from '../samples/types.js';

/** Samples of a type in memory that is aligned for it. */
export function samplesOn(
  buffer: ArrayBufferLike,
  byteOffset: number,
  byteLength: number,
  info: SampleTypeInfo,
): SamplesByType[SampleType] {
  switch (info.name) {
    case 'ci8':
      return new Int8Array(buffer, byteOffset, byteLength);
    case 'ci16':
      return new Int16Array(buffer, byteOffset, byteLength / 2);
    case 'ci32':
      return new Int32Array(buffer, byteOffset, byteLength / 4);
    case 'cf32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'cf64':
      return new Float64Array(buffer, byteOffset, byteLength / 8);
    case 'cf128':
      return new Uint8Array(buffer, byteOffset, byteLength); // a new one: the payload may be a Buffer
  }
}
