import { returnLarge } from '../memory/largeBuffers.js';
import type { Frame } from './types.js';

/**
 * Returns the memory of a received frame, so that a later frame can use it.
 *
 * Useful for frames of 512 KiB and more at a high rate, where new memory costs more than reading the frame. Do not read the samples
 * afterwards: they will be those of another frame. It has no effect on frames that were not received, are smaller than 64 KiB, were
 * released before, or come from the native driver.
 *
 * **Example**
 * {@includeCode ../../examples/release.ts#main}
 *
 * @param frame a received frame that nothing reads any more
 */
export function release(frame: Frame): void {
  returnLarge(frame.samples);
}
