import type { Parts } from '../../basics/Parts.js';
import { giveLarge } from '../../memory/largeBuffers.js';
import { giveSlab } from '../../memory/slabs.js';

/** Whole messages that go to a peer together, as frames. */
export class Batch {
  /** What is to be sent, in this order. */
  readonly segments: Uint8Array[] = [];
  messages = 0;
  bytes = 0;
  /** Of them in large parts, which stand in no slab. */
  referredBytes = 0;
  /** Memory to be given back once the batch is with the kernel. */
  slabs: Uint8Array[] | undefined;
  copies: Uint8Array[] | undefined;
  /** The messages themselves, where they may be withdrawn. */
  owned: Parts[] | undefined;

  /** Hears of each owned message that nobody refers to any more. */
  released: ((parts: Parts) => void) | undefined;

  /** It is sent, or will never be. */
  release(): void {
    if (this.owned && this.released) for (const parts of this.owned) this.released(parts);
    this.released = undefined;
    if (this.slabs) for (const slab of this.slabs) giveSlab(slab);
    if (this.copies) for (const copy of this.copies) giveLarge(copy);
    this.slabs = undefined;
    this.copies = undefined;
  }
}
