import type { Subscriptions } from './Subscriptions.js';

/** A topic and the number of its subscriptions. */
interface Counted {
  readonly topic: Uint8Array;
  count: number;
}

/** Topics in an array, which is searched one by one. */
export class FewSubscriptions implements Subscriptions {
  #all: Counted[] = [];

  get size(): number {
    return this.#all.length;
  }

  add(topic: Uint8Array): boolean {
    const found = this.#find(topic);
    if (found === undefined) this.#all.push({ topic: new Uint8Array(topic), count: 1 });
    else found.count += 1;
    return found === undefined;
  }

  remove(topic: Uint8Array): boolean {
    const found = this.#find(topic);
    if (found === undefined) return false;
    found.count -= 1;
    if (found.count > 0) return false;
    this.#all = this.#all.filter((one) => one !== found);
    return true;
  }

  has(topic: Uint8Array): boolean {
    return this.#find(topic) !== undefined;
  }

  matches(bytes: Uint8Array): boolean {
    for (const { topic } of this.#all) if (starts(bytes, topic)) return true;
    return false;
  }

  forEach(visit: (topic: Uint8Array) => void): void {
    for (const { topic } of this.#all) visit(topic);
  }

  #find(topic: Uint8Array): Counted | undefined {
    return this.#all.find((one) => one.topic.length === topic.length && starts(topic, one.topic));
  }
}

function starts(bytes: Uint8Array, topic: Uint8Array): boolean {
  for (let at = 0; at < topic.length; at += 1) if (topic[at] !== bytes[at]) return false;
  return true;
}
