import type { Parts } from '../../../basics/Parts.js';
import { PushPattern } from './PushPattern.js';
import { requireParts } from '../requireParts.js';
import { SINGLE } from '../single.js';

/** As push, with messages of one part. */
export class ScatterPattern extends PushPattern {
  override send(parts: Parts, owned: boolean): boolean {
    requireParts(this.host, parts, 1, SINGLE);
    return super.send(parts, owned);
  }
}
