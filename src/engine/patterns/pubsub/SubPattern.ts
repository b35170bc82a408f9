import type { TypeOptions } from '../../../driver/TypeOptions.js';
import type { PatternHost } from '../Pattern.js';
import { LocalSubscriptions } from './LocalSubscriptions.js';
import { SubscriberPattern } from './SubscriberPattern.js';

/** Receives the messages that start with one of any number of topics. */
export class SubPattern extends SubscriberPattern {
  constructor(host: PatternHost, options: TypeOptions) {
    super(host, options, new LocalSubscriptions());
  }
}
