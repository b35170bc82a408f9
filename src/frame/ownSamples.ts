import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { claimLarge, lendLarge, takeLarge } from '../memory/largeBuffers.js';
import { OWN_BYTES, pageBuffer, placeOnPage } from '../memory/pages.js';
import type { SampleTypeInfo } from '../samples/sampleTypes.js';
import type { SampleType, SamplesByType } from '../samples/types.js';
import { samplesOn } from './samplesOn.js';
import { smallSamples } from './smallSamples.js';

/** Copies samples of a message to separate, aligned memory: below 4 KiB on a page, otherwise in a buffer. */
export function ownSamples(
  message: Uint8Array,
  start: number,
  length: number,
  info: SampleTypeInfo,
): SamplesByType[SampleType] {
  if (length <= OWN_BYTES) {
    const { buffer, byteOffset, byteLength } = message;
    return smallSamples(new DataView(buffer, byteOffset, byteLength), start, length, info);
  }
  if (length < COPIED_BELOW_BYTES) {
    const offset = placeOnPage(message, start, length);
    return samplesOn(pageBuffer(), offset, length, info);
  }
  const own = takeLarge(length);
  own.set(new Uint8Array(message.buffer, message.byteOffset + start, length));
  lendLarge(own);
  const samples = samplesOn(own.buffer, 0, length, info);
  claimLarge(samples);
  return samples;
}
