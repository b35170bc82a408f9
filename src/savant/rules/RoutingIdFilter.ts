import { sameBytes } from '../../basics/bytes.js';
import { byteText } from '../../basics/byteText.js';
import { LruMap } from './LruMap.js';

/** Topics whose sender is remembered; without a bound, topics that are made up would fill the memory. */
const MAX_TOPICS = 65_536;

/**
 * Lets through the newest sender of each topic: one that was replaced stays out, until so many others were replaced that it is
 * forgotten. Senders are told apart by their routing ids, which a sender that connects again has a new one of.
 */
export class RoutingIdFilter {
  readonly #current = new LruMap<Uint8Array>(MAX_TOPICS);
  /** Topic and id of senders that were replaced. */
  readonly #replaced: LruMap<true>;
  /** The last that was let through: most messages are like the one before. */
  #topic: Uint8Array | undefined;
  #id: Uint8Array | undefined;

  constructor(capacity: number) {
    this.#replaced = new LruMap(capacity);
  }

  allows(topic: Uint8Array, id: Uint8Array): boolean {
    if (this.#id !== undefined && sameBytes(id, this.#id) && sameBytes(topic, this.#topic!)) return true;
    const key = byteText(topic);
    const current = this.#current.get(key);
    if (current === undefined || !sameBytes(id, current)) {
      const whole = pairKey(key, id);
      if (current !== undefined) {
        if (this.#replaced.has(whole)) return false;
        this.#replaced.set(pairKey(key, current), true);
      }
      this.#current.set(key, id.slice());
    }
    this.#topic = topic.slice();
    this.#id = id.slice();
    return true;
  }
}

/** No two pairs have the same one: the length says where the id ends. */
function pairKey(topic: string, id: Uint8Array): string {
  return `${id.length}:${byteText(id)}${topic}`;
}
