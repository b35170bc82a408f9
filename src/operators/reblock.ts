import type { OperatorFunction } from 'rxjs';
import type { Frame, FrameFrom } from '../frame/types.js';
import { isInteger } from '../options/rules.js';
import { ReblockFlow } from './flows/ReblockFlow.js';
import { requireOption } from '../options/requireOption.js';
import { transparent } from '../rx/transparent.js';

/**
 * Emits frames of exactly `size` samples, whatever the size of the frames that arrive.
 *
 * Only samples that belong together form a block: when the sample type, rate, frequency, stream or peer changes, or a sequence number is
 * missing, the open block is emitted short and the next one begins with the new frame. So mixed streams need a `groupBy` first.
 * Timestamps count on from the first frame of such a run by the sample rate, in whole ns and without drift. Blocks are numbered from 0 in
 * each stream, with a number left out at a gap; their flags are those of the frame in which they begin. A block within one frame is a
 * view of it, not a copy.
 *
 * **Delivery** Lossless. Holds less than one block. Demand crosses it.
 *
 * **Ends** Completion flushes the open block; an error discards it.
 * ```text
 * source   -a--b--x--|      3 samples each, x after a gap
 * output   ----P--q--(X|)   size 4: P = aaab, q = bb, X = xxx
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/reblock.ts#main}
 * @param size complex samples in a block, from 1
 * @throws OptionError at the call
 * @see `bufferCount` of RxJS, which counts frames instead of samples
 */
export function reblock<F extends Frame>(size: number): OperatorFunction<F, FrameFrom<F>> {
  requireOption('reblock', 'size', size, isInteger(1));
  return transparent<F, FrameFrom<F>>((out) => new ReblockFlow(size, out));
}
