import { float32ToCu8 } from '../../samples/float32ToCu8.js';
import type { SampleType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { convert } from '../../samples/convert.js';
import { flipSigns } from '../samples/flipSigns.js';

/** Encodes samples as the bytes of a type, scaled by full scale if the types differ. */
export function encodeSamples({ samples, sampleType }: Frame, wanted: SampleType): Uint8Array {
  const { buffer, byteOffset, byteLength } =
    sampleType === wanted ? samples : convert(samples, sampleType, wanted).samples;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The same in the format of an rtl-sdr: 127.5 is 0; for ci8, which has no halves, 128. */
export function encodeReceiverBytes(frame: Frame): Uint8Array {
  if (frame.sampleType !== 'ci8') {
    const { buffer, byteOffset, byteLength } = encodeSamples(frame, 'cf32');
    return float32ToCu8(new Float32Array(buffer as ArrayBuffer, byteOffset, byteLength / 4));
  }
  return unsignedBytes(frame);
}

/** Bytes with zero at 128, as in WAV. */
export function unsignedBytes(frame: Frame): Uint8Array {
  const bytes = encodeSamples(frame, 'ci8').slice();
  flipSigns(bytes);
  return bytes;
}
