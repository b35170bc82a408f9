import { sameBytes } from '../../basics/bytes.js';
import { byteText } from '../../basics/byteText.js';
import { LruMap } from './LruMap.js';

/** How many topics are remembered with their senders: without a limit, invented topics would fill the memory. */
const MAX_TOPICS = 65_536;

/**
 * Accepts the newest sender of each topic. A sender that was replaced is refused, until so many others were replaced that it is
 * forgotten. Senders are identified by their routing ids; a sender that reconnects has a new one.
 */
export class RoutingIdFilter {
  readonly #current = new LruMap<Uint8Array>(MAX_TOPICS);
  /** Topic and id of replaced senders. */
  readonly #replaced: LruMap<true>;
  /** The last accepted pair: most messages have the same as the one before. */
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

/** Each pair has its own key: the length says where the id ends. */
function pairKey(topic: string, id: Uint8Array): string {
  return `${id.length}:${byteText(id)}${topic}`;
}
