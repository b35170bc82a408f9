import type { Parts } from '../../../basics/Parts.js';
import { PullPattern } from './PullPattern.js';
import { NOT_SINGLE } from '../single.js';

/** As pull, with messages of one part. One of more that arrives is dropped, and its connection kept. */
export class GatherPattern extends PullPattern {
  override receive(borrow: boolean): Parts | undefined {
    for (;;) {
      const parts = super.receive(borrow);
      if (parts === undefined || parts.length === 1) return parts;
      this.host.dropped(1, NOT_SINGLE);
    }
  }
}
