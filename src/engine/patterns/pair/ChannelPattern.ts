import type { Parts } from '../../../basics/Parts.js';
import { PairPattern } from './PairPattern.js';
import { requireParts } from '../requireParts.js';
import { NOT_SINGLE, SINGLE } from '../single.js';

/** As pair, with messages of one part. An incoming message of several parts is dropped; its connection stays open. */
export class ChannelPattern extends PairPattern {
  override send(parts: Parts, owned: boolean): boolean {
    requireParts(this.host, parts, 1, SINGLE);
    return super.send(parts, owned);
  }

  override receive(borrow: boolean): Parts | undefined {
    for (;;) {
      const parts = super.receive(borrow);
      if (parts === undefined || parts.length === 1) return parts;
      this.host.dropped(1, NOT_SINGLE);
    }
  }
}
