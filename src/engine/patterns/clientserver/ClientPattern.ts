import type { Parts } from '../../../basics/Parts.js';
import { BalancedPattern } from '../reqrep/BalancedPattern.js';
import { requireParts } from '../requireParts.js';
import { NOT_SINGLE, SINGLE } from '../single.js';

/** As dealer, with messages of one part. An incoming message of several parts is dropped; its connection stays open. */
export class ClientPattern extends BalancedPattern {
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
