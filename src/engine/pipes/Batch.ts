import type { Parts } from '../../basics/Parts.js';
import { giveLarge } from '../../memory/largeBuffers.js';
import { giveSlab } from '../../memory/slabs.js';

/** Whole messages that are sent to a peer together, as frames. */
export class Batch {
  /** The memory to be sent, in this order. */
  readonly segments: Uint8Array[] = [];
  messages = 0;
  bytes = 0;
  /** The bytes of large parts among them, which are not in a slab. */
  referredBytes = 0;
  /** Memory to be returned once the kernel has accepted the batch. */
  slabs: Uint8Array[] | undefined;
  copies: Uint8Array[] | undefined;
  /** The owned messages, if they may be withdrawn or their release is reported. */
  owned: Parts[] | undefined;

  /** Called with each owned message that is no longer referenced. */
  released: ((parts: Parts) => void) | undefined;

  /** The batch is sent, or never will be: releases its memory. */
  release(): void {
    if (this.owned && this.released) for (const parts of this.owned) this.released(parts);
    this.released = undefined;
    if (this.slabs) for (const slab of this.slabs) giveSlab(slab);
    if (this.copies) for (const copy of this.copies) giveLarge(copy);
    this.slabs = undefined;
    this.copies = undefined;
  }
}
