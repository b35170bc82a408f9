import type { Pipe } from '../../pipes/Pipe.js';
import type { TopicNode } from './TopicTree.js';

/** A connection that has subscriptions. The next connection of the pipe is another subscriber. */
export class Subscriber {
  readonly topics = new Set<TopicNode<Subscribers>>();
  /** How much memory its topics take, as estimated. */
  bytes = 0;
  /** A list of this pipe only, shared by all its topics. */
  readonly alone: readonly Pipe[];
  /** It gets no more messages, but its topics may not be removed yet. */
  gone = false;

  constructor(readonly pipe: Pipe) {
    this.alone = [pipe];
  }
}

/** The subscribers of one topic, including those that are gone but not removed yet. */
export class Subscribers {
  /** Most topics have one subscriber: a set for each would cost more than everything else. */
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

  /** Adds a subscriber that is not in it. */
  add(subscriber: Subscriber): void {
    this.#list = undefined;
    if (this.#many) this.#many.add(subscriber);
    else if (this.#one) this.#many = new Set([this.#one, subscriber]);
    else this.#one = subscriber;
  }

  /** Removes a subscriber that is in it. */
  delete(subscriber: Subscriber, departures: number): void {
    // A list that was made after its connection ended stays valid: the subscriber is not in it.
    if (!subscriber.gone || this.#listedAt !== departures) this.#list = undefined;
    if (this.#many) this.#many.delete(subscriber);
    else this.#one = undefined;
  }

  /**
   * Returns the subscribers that are connected: the same array until they change.
   *
   * @param departures how many subscribers of any topic have ended so far
   */
  list(departures: number): readonly Pipe[] {
    const before = this.#list;
    if (before !== undefined && this.#listedAt === departures) return before;
    this.#listedAt = departures;
    if (!this.#many) return (this.#list = this.#one === undefined || this.#one.gone ? NOBODY : this.#one.alone);
    const list: Pipe[] = [];
    for (const { gone, pipe } of this.#many) if (!gone) list.push(pipe);
    // Since the list was made some subscribers may have ended, but none was added.
    return (this.#list = before?.length === list.length ? before : list);
  }
}

const NOBODY: readonly Pipe[] = [];
