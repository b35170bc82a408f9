import { returnLarge } from '../memory/largeBuffers.js';
import type { Frame } from './types.js';

/**
 * Gives the memory of a received frame back, to be used for one that comes later.
 *
 * Worth it for frames of 512 KiB and more at a high rate, where fresh memory costs more than reading the frame does.
 * Afterwards nobody may read the frame's samples: they will be another frame's. What was not received, is smaller than
 * 64 KiB, or was given back before, is not touched. Nor is what the native driver received.
 *
 * **Example**
 * {@includeCode ../../examples/release.ts#main}
 */
export function release(frame: Frame): void {
  returnLarge(frame.samples);
}
