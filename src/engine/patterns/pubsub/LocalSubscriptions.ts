import type { Subscriptions } from './Subscriptions.js';
import { topicBytes } from './topicBytes.js';
import { TopicTree } from './TopicTree.js';

/** Any number of topics; a lookup takes one pass over the bytes. */
export class LocalSubscriptions implements Subscriptions {
  readonly #counts = new TopicTree<number>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(topic: Uint8Array): boolean {
    const node = this.#counts.reach(topic);
    const count = node.value ?? 0;
    node.value = count + 1;
    if (count > 0) return false;
    this.#size += 1;
    return true;
  }

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

  matches(bytes: Uint8Array): boolean {
    return this.#counts.startsAny(bytes);
  }

  forEach(visit: (topic: Uint8Array) => void): void {
    this.#counts.forEach((node) => visit(topicBytes(node.topic)));
  }
}
