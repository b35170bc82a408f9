import type { Pipe } from '../pipes/Pipe.js';
import type { Subscribers } from './Subscribers.js';
import type { TopicNode } from './TopicTree.js';

/** A connection that has subscriptions. It ends with the connection: the pipe's next one is another subscriber. */
export class Subscriber {
  readonly topics = new Set<TopicNode<Subscribers>>();
  /** What they weigh. */
  bytes = 0;
  /** The list of it alone, the same for all its topics. */
  readonly alone: readonly Pipe[];
  /** It gets nothing any more, though its topics may not have been cleared away yet. */
  gone = false;

  constructor(readonly pipe: Pipe) {
    this.alone = [pipe];
  }
}
