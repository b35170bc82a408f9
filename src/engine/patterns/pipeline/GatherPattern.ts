import type { Parts } from '../../../basics/Parts.js';
import { PullPattern } from './PullPattern.js';
import { NOT_SINGLE } from '../single.js';

/** As pull, with messages of one part. An incoming message of several parts is dropped; its connection stays open. */
export class GatherPattern extends PullPattern {
  override receive(borrow: boolean): Parts | undefined {
    for (;;) {
      const parts = super.receive(borrow);
      if (parts === undefined || parts.length === 1) return parts;
      this.host.dropped(1, NOT_SINGLE);
    }
  }
}
