import { claimLarge, giveLarge, lendLarge } from '../../memory/largeBuffers.js';

/**
 * Settles whose the memory of a block is: its samples' owner may give it back with `release` if they stand on it; if they do not,
 * nobody needs it any more.
 */
export function settleMemory(block: Uint8Array, samples: ArrayBufferView): void {
  if (samples.buffer !== block.buffer) {
    giveLarge(block);
    return;
  }
  lendLarge(block);
  claimLarge(samples);
}
