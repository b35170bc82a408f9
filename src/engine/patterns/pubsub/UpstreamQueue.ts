import { Queue } from '../../../basics/Queue.js';
import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { Visit } from './PublishingPattern.js';

/** An item that an xpub socket receives: a subscription of a peer, an unsubscription, or another message of the peer. */
export interface Upstream {
  readonly pipe: Pipe;
  /** The connection on which it arrived; `undefined`: an unsubscription because the connection ended. */
  readonly visit: Visit | undefined;
  /** The message; `undefined`: a subscription or unsubscription. */
  readonly parts: Parts | undefined;
  readonly topic: string;
  readonly on: boolean;
  /** It changed something. A topic that was added and removed again has as many items of one kind as of the other. */
  readonly counts: boolean;
}

/** If more subscriptions and unsubscriptions are queued, only their result is kept. */
const TOLD_ONE_BY_ONE = 10_000;

/**
 * The queue of an xpub socket. A peer can subscribe and unsubscribe for ever while the application does not read. If too many are
 * queued, those that cancel each other out are dropped, and so are those that changed nothing. The rest are not more than the topics
 * that peers have now, or had when they were received.
 */
export class UpstreamQueue {
  readonly #queue = new Queue<Upstream>();
  /** Whether the same topic of two peers counts separately. */
  readonly #perPipe: boolean;
  #messages = 0;
  #limit = TOLD_ONE_BY_ONE;

  constructor(perPipe: boolean) {
    this.#perPipe = perPipe;
  }

  /** How many items are queued. */
  get size(): number {
    return this.#queue.size;
  }

  /** How many of them are messages. */
  get messages(): number {
    return this.#messages;
  }

  push(upstream: Upstream): void {
    this.#queue.push(upstream);
    if (upstream.parts !== undefined) this.#messages += 1;
    else if (this.#queue.size - this.#messages > this.#limit) this.#condense();
  }

  shift(): Upstream | undefined {
    const upstream = this.#queue.shift();
    if (upstream?.parts !== undefined) this.#messages -= 1;
    if (this.#queue.size === 0) this.#limit = TOLD_ONE_BY_ONE;
    return upstream;
  }

  #condense(): void {
    const all: Upstream[] = [];
    for (let one = this.#queue.shift(); one !== undefined; one = this.#queue.shift()) all.push(one);
    const balances = this.#balances(all);
    // From the end: of a peer that connected again, the newer items must be kept.
    const kept: Upstream[] = [];
    for (const one of all.reverse()) {
      if (one.parts !== undefined) {
        kept.push(one);
        continue;
      }
      const key = this.#keyOf(one);
      const balance = one.counts ? balances.get(key)! : 0;
      if (one.on ? balance <= 0 : balance >= 0) continue;
      balances.set(key, one.on ? balance - 1 : balance + 1);
      kept.push(one);
    }
    for (const one of kept.reverse()) this.#queue.push(one);
    // So that it does not run again at once if nothing could be dropped.
    this.#limit = Math.max(TOLD_ONE_BY_ONE, 2 * (this.#queue.size - this.#messages));
  }

  /** For each topic: the number of subscriptions minus the number of unsubscriptions. */
  #balances(all: readonly Upstream[]): Map<string, number> {
    const balances = new Map<string, number>();
    for (const one of all) {
      if (one.parts !== undefined || !one.counts) continue;
      const key = this.#keyOf(one);
      balances.set(key, (balances.get(key) ?? 0) + (one.on ? 1 : -1));
    }
    return balances;
  }

  #keyOf({ pipe, topic }: Upstream): string {
    return this.#perPipe ? `${pipe.id} ${topic}` : topic;
  }
}
