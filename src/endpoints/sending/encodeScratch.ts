import type { Parts } from '../../basics/Parts.js';
import { sampleTypeByName } from '../../samples/sampleTypes.js';
import type { SamplesByType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { fillHeader } from '../../frame/writeHeader.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';

const scratch = new ArrayBuffer(COPIED_BELOW_BYTES);
const arrays: SamplesByType = {
  ci8: new Int8Array(scratch),
  ci16: new Int16Array(scratch),
  ci32: new Int32Array(scratch),
  cf32: new Float32Array(scratch),
  cf64: new Float64Array(scratch),
  cf128: new Uint8Array(scratch),
};
let payload = new Uint8Array(scratch, 0, 0);
const parts: Parts = [payload, payload];

/**
 * The parts of a frame that a stamp has created and so checked. They are valid until the next call, so they suit a socket that
 * copies them at once. A new header and array for each frame would cost more than all the rest, and so would the buffer that a
 * small array gets only when it is first read.
 */
export function encodeScratch(frame: Frame): Parts {
  const { samples, sampleType } = frame;
  const { byteLength } = samples;
  parts[0] = fillHeader(frame, sampleTypeByName(sampleType)!);
  if (byteLength > COPIED_BELOW_BYTES) parts[1] = new Uint8Array(samples.buffer, samples.byteOffset, byteLength);
  else {
    (arrays[sampleType] as Float64Array).set(samples); // both have the same class
    if (payload.length !== byteLength) payload = new Uint8Array(scratch, 0, byteLength);
    parts[1] = payload;
  }
  return parts;
}
