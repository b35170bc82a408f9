import type { TypeOptions } from '../../../driver/TypeOptions.js';
import type { PatternHost } from '../Pattern.js';
import { LocalSubscriptions } from './LocalSubscriptions.js';
import { SubscriberPattern } from './SubscriberPattern.js';

/** Receives what any number of topics start. */
export class SubPattern extends SubscriberPattern {
  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options, new LocalSubscriptions());
  }
}
