import type { TypeOptions } from '../../../driver/TypeOptions.js';
import type { PatternHost } from '../Pattern.js';
import { FewSubscriptions } from './FewSubscriptions.js';
import { SubscriberPattern } from './SubscriberPattern.js';

/** Receives the messages that start with one of a few topics. For browsers: it needs less code. */
export class FewSubPattern extends SubscriberPattern {
  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options, new FewSubscriptions());
  }
}
