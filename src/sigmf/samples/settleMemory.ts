import { claimLarge, giveLarge, lendLarge } from '../../memory/largeBuffers.js';

/**
 * Decides who owns the memory of a block: if its samples are a view of it, their owner may return it with `release`; otherwise
 * it is returned at once.
 */
export function settleMemory(block: Uint8Array, samples: ArrayBufferView): void {
  if (samples.buffer !== block.buffer) {
    giveLarge(block);
    return;
  }
  lendLarge(block);
  claimLarge(samples);
}
