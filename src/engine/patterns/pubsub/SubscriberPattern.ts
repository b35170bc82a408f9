import type { Parts } from '../../../basics/Parts.js';
import type { FrameCursor } from '../../../driver/FrameCursor.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';
import { FairQueue } from '../turns/FairQueue.js';
import type { PatternHost } from '../Pattern.js';
import type { TypeOptions } from '../../../driver/TypeOptions.js';
import type { Subscriptions } from './Subscriptions.js';

/**
 * Receives from all peers in turns, but only messages that start with a topic of its subscriptions.
 *
 * Topics are counted. Peers get only the first subscription to each topic and its last unsubscription. So peers that keep a set, as
 * libzmq does, and peers that count, as RFC 37 says, have the same result.
 */
export class SubscriberPattern extends BasePattern {
  readonly #queue = new FairQueue();
  protected readonly pipes = new Set<Pipe>();

  /** @param topics an empty store for the subscriptions */
  constructor(
    host: PatternHost,
    options: TypeOptions,
    protected readonly topics: Subscriptions,
  ) {
    super(host, options);
  }

  override get from(): Pipe | undefined {
    return this.#queue.last;
  }

  /** How many different topics there are. */
  get topicCount(): number {
    return this.topics.size;
  }

  attach(pipe: Pipe): boolean {
    this.pipes.add(pipe);
    if (pipe.readable) this.readable(pipe);
    return true;
  }

  override connected(pipe: Pipe): void {
    this.topics.forEach((topic) => pipe.subscribe(topic, true));
  }

  detach(pipe: Pipe): void {
    this.pipes.delete(pipe);
    this.#queue.end(pipe);
  }

  override readable(pipe: Pipe): void {
    this.#queue.add(pipe);
    this.arrived();
  }

  override receive(borrow: boolean): Parts | undefined {
    for (let parts = this.#queue.read(borrow); parts !== undefined; parts = this.#queue.read(borrow)) {
      if (this.wants(parts)) return parts;
    }
    return this.nothing();
  }

  receiveAt(cursor: FrameCursor): Parts | undefined {
    if (!this.topics.matches(NOTHING) || this.options.invertMatching === true) return this.receive(true);
    return this.#queue.read(cursor) ?? this.nothing(); // it receives everything
  }

  override subscribe(topic: Uint8Array): void {
    if (this.topics.add(topic)) this.notify(topic, true);
  }

  override unsubscribe(topic: Uint8Array): void {
    if (this.topics.remove(topic)) this.notify(topic, false);
  }

  /** Peers send more than is subscribed to: what was in flight when a subscription ended, or everything. */
  protected wants(parts: Parts): boolean {
    return this.topics.matches(parts[0] ?? NOTHING) !== (this.options.invertMatching ?? false);
  }

  protected notify(topic: Uint8Array, on: boolean): void {
    for (const pipe of this.pipes) pipe.subscribe(topic, on);
  }
}

const NOTHING = new Uint8Array(0);
