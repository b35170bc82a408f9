import { Queue } from '../../../basics/Queue.js';
import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import type { Visit } from './PublishingPattern.js';

/** What an xpub socket receives: a subscription of a peer, or its end, or a message of the peer's own. */
export interface Upstream {
  readonly pipe: Pipe;
  /** The connection it came by; `undefined`: it is what the end of a connection ended. */
  readonly visit: Visit | undefined;
  /** The message; `undefined`: it is about a topic. */
  readonly parts: Parts | undefined;
  readonly topic: string;
  readonly on: boolean;
  /** Something has changed by it. Each topic that has come and gone again has as many of one kind as of the other. */
  readonly counts: boolean;
}

/** More subscriptions and ends than this are told by what they come to. */
const TOLD_ONE_BY_ONE = 10_000;

/**
 * What waits to be received by an xpub socket. A peer can subscribe and cancel for ever, and the application may never look:
 * where too many wait, those that cancel each other out are dropped, and so are those that changed nothing. What is left is no more
 * than the topics that peers have now, or had when they were received.
 */
export class UpstreamQueue {
  readonly #queue = new Queue<Upstream>();
  /** Whether the same topic of two peers is two things. */
  readonly #perPipe: boolean;
  #messages = 0;
  #limit = TOLD_ONE_BY_ONE;

  constructor(perPipe: boolean) {
    this.#perPipe = perPipe;
  }

  /** How much waits. */
  get size(): number {
    return this.#queue.size;
  }

  /** How many of the peers' own messages do. */
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
    // From the end: a peer that came again must be the one that is heard.
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
    // So that it is not done again at once where all of it counts.
    this.#limit = Math.max(TOLD_ONE_BY_ONE, 2 * (this.#queue.size - this.#messages));
  }

  /** By how many the subscriptions are more than the ends. */
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
