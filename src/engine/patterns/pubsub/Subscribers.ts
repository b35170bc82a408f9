import type { Pipe } from '../../pipes/Pipe.js';
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

/** Who has subscribed to one topic, those included that are gone but not cleared away. */
export class Subscribers {
  /** Most topics have one subscriber: a set for each would cost more than all the rest. */
  #one: Subscriber | undefined;
  #many: Set<Subscriber> | undefined;
  #list: readonly Pipe[] | undefined;
  #listedAt = 0;

  get size(): number {
    return this.#many ? this.#many.size : this.#one ? 1 : 0;
  }

  has(subscriber: Subscriber): boolean {
    return this.#many ? this.#many.has(subscriber) : this.#one === subscriber;
  }

  /** One that it has not. */
  add(subscriber: Subscriber): void {
    this.#list = undefined;
    if (this.#many) this.#many.add(subscriber);
    else if (this.#one) this.#many = new Set([this.#one, subscriber]);
    else this.#one = subscriber;
  }

  /** One that it has. */
  delete(subscriber: Subscriber, departures: number): void {
    // A list that was made since it went stands: it is not in it.
    if (!subscriber.gone || this.#listedAt !== departures) this.#list = undefined;
    if (this.#many) this.#many.delete(subscriber);
    else this.#one = undefined;
  }

  /**
   * Those that are there: the same array for as long as they are the same.
   *
   * @param departures how many subscribers of any topic have gone so far
   */
  list(departures: number): readonly Pipe[] {
    const before = this.#list;
    if (before !== undefined && this.#listedAt === departures) return before;
    this.#listedAt = departures;
    if (!this.#many) return (this.#list = this.#one === undefined || this.#one.gone ? NOBODY : this.#one.alone);
    const list: Pipe[] = [];
    for (const { gone, pipe } of this.#many) if (!gone) list.push(pipe);
    // Since the list was made some may have gone, but none has come.
    return (this.#list = before?.length === list.length ? before : list);
  }
}

const NOBODY: readonly Pipe[] = [];
