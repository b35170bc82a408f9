import { topicBytes } from './topicBytes.js';
import { TopicTree } from './TopicTree.js';

/** What a socket has subscribed to, or joined: topics, and how often each. */
export class LocalSubscriptions {
  readonly #counts = new TopicTree<number>();
  #size = 0;

  /** How many different topics there are. */
  get size(): number {
    return this.#size;
  }

  /** Gives whether it is new. */
  add(topic: Uint8Array): boolean {
    const node = this.#counts.reach(topic);
    const count = node.value ?? 0;
    node.value = count + 1;
    if (count > 0) return false;
    this.#size += 1;
    return true;
  }

  /** Takes one off; gives whether that was the last. One that is not there stays so: `false`. */
  remove(topic: Uint8Array): boolean {
    const node = this.#counts.find(topic);
    if (node?.value === undefined) return false;
    if (node.value > 1) {
      node.value -= 1;
      return false;
    }
    node.value = undefined;
    this.#counts.prune(node);
    this.#size -= 1;
    return true;
  }

  has(topic: Uint8Array): boolean {
    return this.#counts.find(topic) !== undefined;
  }

  /** Whether the bytes start with one of the topics. */
  matches(bytes: Uint8Array): boolean {
    return this.#counts.startsAny(bytes);
  }

  /** Each topic once. */
  forEach(visit: (topic: Uint8Array) => void): void {
    this.#counts.forEach((node) => visit(topicBytes(node.topic)));
  }
}
