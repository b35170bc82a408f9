import { Queue } from '../../../basics/Queue.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { PipeUnions } from './PipeUnions.js';
import { Subscriber, Subscribers } from './Subscribers.js';
import { TopicTree, type TopicNode } from './TopicTree.js';

/** How many subscriptions of connections that are gone are cleared away in one turn of the event loop. */
export const CLEARED_IN_A_TURN = 1000;

/** What a subscription takes besides the bytes of its topic, as measured. */
const ENTRY_BYTES = 256;

/** What a subscription weighs. */
export function weightOf(topic: Uint8Array): number {
  return topic.length + ENTRY_BYTES;
}

interface Leaving {
  readonly subscriber: Subscriber;
  readonly topics: Iterator<TopicNode<Subscribers>>;
}

/** Who hears how the subscriptions of connections that are gone are cleared away. */
export interface ClearingListener {
  /** One of a pipe's former connection; `last`: nobody has the topic any more. */
  cleared(pipe: Pipe, topic: string, last: boolean): void;
  /** That was all, or as much as one turn allows. */
  clearedSome(): void;
}

/**
 * Which peers want which topics. A pipe has a topic once, however often it asks. What a connection had is out of every match
 * at once when it ends, but cleared away in slices: a million topics must not stop everything else.
 */
export class SubscriptionTable {
  readonly #tree = new TopicTree<Subscribers>();
  readonly #subscribers = new Map<Pipe, Subscriber>();
  readonly #soon: (callback: () => void) => void;
  readonly #listener: ClearingListener | undefined;
  #departures = 0;
  #topics = 0;
  /** Those that are gone, each with the topics that are not cleared away. */
  readonly #leaving = new Queue<Leaving>();
  /** How many subscriptions may still be cleared away in this turn. */
  #share = CLEARED_IN_A_TURN;
  #turnAwaited = false;
  readonly #unions = new PipeUnions();

  constructor(soon: (callback: () => void) => void, listener?: ClearingListener) {
    this.#soon = soon;
    this.#listener = listener;
  }

  /** How many different topics there are. */
  get topics(): number {
    return this.#topics;
  }

  /** How many connections have at least one. */
  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** How many topics a pipe has. */
  countOf(pipe: Pipe): number {
    return this.#subscribers.get(pipe)?.topics.size ?? 0;
  }

  /** What the topics of a pipe weigh. */
  bytesOf(pipe: Pipe): number {
    return this.#subscribers.get(pipe)?.bytes ?? 0;
  }

  /** Whether the pipe has this very topic. */
  has(pipe: Pipe, topic: Uint8Array): boolean {
    const node = this.#tree.find(topic);
    return node !== undefined && this.#subscribers.get(pipe)?.topics.has(node) === true;
  }

  /** Whether anybody has this very topic. */
  knows(topic: Uint8Array): boolean {
    return this.#tree.find(topic) !== undefined;
  }

  /** `'first'`: nobody had the topic; `'joined'`: others had; `'had'`: the pipe had, nothing has changed. */
  add(pipe: Pipe, topic: Uint8Array): 'first' | 'joined' | 'had' {
    const node = this.#tree.reach(topic);
    let subscriber = this.#subscribers.get(pipe);
    if (subscriber?.topics.has(node)) return 'had';
    if (subscriber === undefined) this.#subscribers.set(pipe, (subscriber = new Subscriber(pipe)));
    subscriber.topics.add(node);
    subscriber.bytes += weightOf(topic);
    const first = node.value === undefined;
    node.value ??= new Subscribers();
    node.value.add(subscriber);
    if (!first) return 'joined';
    this.#topics += 1;
    return 'first';
  }

  /** `'last'`: nobody has the topic any more; `'left'`: others have; `'none'`: the pipe had it not, nothing has changed. */
  remove(pipe: Pipe, topic: Uint8Array): 'last' | 'left' | 'none' {
    const node = this.#tree.find(topic);
    const subscriber = this.#subscribers.get(pipe);
    if (node === undefined || subscriber?.topics.delete(node) !== true) return 'none';
    subscriber.bytes -= weightOf(topic);
    if (subscriber.topics.size === 0) {
      this.#subscribers.delete(pipe);
      this.#unions.clear();
    }
    return this.#take(node, subscriber) ? 'last' : 'left';
  }

  /** The pipe's connection is gone, and what it had with it. */
  forget(pipe: Pipe): void {
    const subscriber = this.#subscribers.get(pipe);
    if (subscriber === undefined) return;
    this.#subscribers.delete(pipe);
    subscriber.gone = true;
    this.#departures += 1;
    this.#unions.clear();
    this.#leaving.push({ subscriber, topics: subscriber.topics.values() });
    this.#clear();
  }

  /** Who has a topic that the bytes start with, each pipe once: the same array for as long as they are the same. */
  match(bytes: Uint8Array): readonly Pipe[] {
    const node = this.#tree.longest(bytes);
    if (node === undefined) return NOBODY;
    let pipes = node.value!.list(this.#departures);
    for (let { parent } = node; parent !== undefined; parent = parent.parent) {
      if (parent.value !== undefined) pipes = this.#unions.of(pipes, parent.value.list(this.#departures));
    }
    return pipes;
  }

  /** Who has this very topic; the array as that of {@link match}. */
  matchWhole(topic: Uint8Array): readonly Pipe[] {
    return this.#tree.find(topic)?.value?.list(this.#departures) ?? NOBODY;
  }

  #clear(): void {
    const before = this.#share;
    for (let leaving = this.#leaving.peek(); leaving !== undefined && this.#share > 0; leaving = this.#leaving.peek()) {
      const { subscriber, topics } = leaving;
      const next = topics.next();
      if (next.done === true) {
        this.#leaving.shift();
        continue;
      }
      this.#share -= 1;
      const last = this.#take(next.value, subscriber);
      this.#listener?.cleared(subscriber.pipe, next.value.topic, last);
    }
    if (this.#share < CLEARED_IN_A_TURN && !this.#turnAwaited) {
      this.#turnAwaited = true;
      this.#soon(this.#nextTurn);
    }
    if (this.#share < before) this.#listener?.clearedSome();
  }

  readonly #nextTurn = (): void => {
    this.#turnAwaited = false;
    this.#share = CLEARED_IN_A_TURN;
    this.#clear();
  };

  /** Takes a subscriber off a topic; gives whether it was the last. */
  #take(node: TopicNode<Subscribers>, subscriber: Subscriber): boolean {
    const subscribers = node.value!;
    subscribers.delete(subscriber, this.#departures);
    if (subscribers.size > 0) return false;
    node.value = undefined;
    this.#tree.prune(node);
    this.#topics -= 1;
    return true;
  }
}

const NOBODY: readonly Pipe[] = [];
