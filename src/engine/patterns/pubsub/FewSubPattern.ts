import type { TypeOptions } from '../../../driver/TypeOptions.js';
import type { PatternHost } from '../Pattern.js';
import { FewSubscriptions } from './FewSubscriptions.js';
import { SubscriberPattern } from './SubscriberPattern.js';

/** Receives what a few topics start: a page has no room for more code. */
export class FewSubPattern extends SubscriberPattern {
  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options, new FewSubscriptions());
  }
}
