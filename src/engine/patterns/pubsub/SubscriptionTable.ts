import { Queue } from '../../../basics/Queue.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { PipeUnions } from './PipeUnions.js';
import { Subscriber, Subscribers } from './Subscribers.js';
import { TopicTree, type TopicNode } from './TopicTree.js';

/** How many subscriptions of ended connections are removed in one turn of the event loop. */
export const CLEARED_IN_A_TURN = 1000;

/** How much memory a subscription takes in addition to the bytes of its topic, as measured. */
const ENTRY_BYTES = 256;

/** How much memory a subscription takes, as estimated, in bytes. */
export function weightOf(topic: Uint8Array): number {
  return topic.length + ENTRY_BYTES;
}

interface Leaving {
  readonly subscriber: Subscriber;
  readonly topics: Iterator<TopicNode<Subscribers>>;
}

/** The listener for the removal of subscriptions of ended connections. */
export interface ClearingListener {
  /** A subscription of an earlier connection of the pipe was removed; `last`: no peer has the topic any more. */
  cleared(pipe: Pipe, topic: string, last: boolean): void;
  /** All were removed, or as many as one turn allows. */
  clearedSome(): void;
}

/**
 * The peers and their topics. A pipe has a topic once, even if it subscribes several times. When a connection ends, no match
 * contains it any more, but its topics are removed in slices: a million topics must not block the event loop.
 */
export class SubscriptionTable {
  readonly #tree = new TopicTree<Subscribers>();
  readonly #subscribers = new Map<Pipe, Subscriber>();
  readonly #soon: (callback: () => void) => void;
  readonly #listener: ClearingListener | undefined;
  #departures = 0;
  #topics = 0;
  /** The subscribers that have ended, each with the topics that are not removed yet. */
  readonly #leaving = new Queue<Leaving>();
  /** How many subscriptions may still be removed in this turn. */
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

  /** How many connections have at least one topic. */
  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** How many topics a pipe has. */
  countOf(pipe: Pipe): number {
    return this.#subscribers.get(pipe)?.topics.size ?? 0;
  }

  /** How much memory the topics of a pipe take, as estimated, in bytes. */
  bytesOf(pipe: Pipe): number {
    return this.#subscribers.get(pipe)?.bytes ?? 0;
  }

  /** Whether the pipe has exactly this topic. */
  has(pipe: Pipe, topic: Uint8Array): boolean {
    const node = this.#tree.find(topic);
    return node !== undefined && this.#subscribers.get(pipe)?.topics.has(node) === true;
  }

  /** Whether any peer has exactly this topic. */
  knows(topic: Uint8Array): boolean {
    return this.#tree.find(topic) !== undefined;
  }

  /** `'first'`: no peer had the topic; `'joined'`: others had it; `'had'`: the pipe had it, nothing has changed. */
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

  /** `'last'`: no peer has the topic any more; `'left'`: others have it; `'none'`: the pipe did not have it, nothing has changed. */
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

  /** The connection of the pipe has ended, and with it its subscriptions. */
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

  /** Returns the pipes with a topic that the bytes start with, each once: the same array until they change. */
  match(bytes: Uint8Array): readonly Pipe[] {
    const node = this.#tree.longest(bytes);
    if (node === undefined) return NOBODY;
    let pipes = node.value!.list(this.#departures);
    for (let { parent } = node; parent !== undefined; parent = parent.parent) {
      if (parent.value !== undefined) pipes = this.#unions.of(pipes, parent.value.list(this.#departures));
    }
    return pipes;
  }

  /** Returns the pipes with exactly this topic; the array is as that of {@link match}. */
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

  /** Removes a subscriber from a topic; returns whether it was the last. */
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
