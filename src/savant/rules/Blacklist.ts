import type { Clock } from '../../time/Clock.js';
import { byteText } from '../../basics/byteText.js';
import { LruMap } from './LruMap.js';

/** Topics that are ignored for a while. When the list is full, a new topic replaces the one that was used longest ago. */
export class Blacklist {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ttlMs: number;
  /** The time at which each entry ends. */
  readonly #entries: LruMap<number>;

  constructor(clock: Pick<Clock, 'now'>, size: number, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
    this.#entries = new LruMap(size);
  }

  /** If the topic is in the list already, its time starts again. */
  add(topic: Uint8Array): void {
    this.#entries.set(byteText(topic), this.#clock.now() + this.#ttlMs);
  }

  has(topic: Uint8Array): boolean {
    if (this.#entries.size === 0) return false;
    const key = byteText(topic);
    const until = this.#entries.get(key);
    if (until === undefined) return false;
    if (until > this.#clock.now()) return true;
    this.#entries.delete(key);
    return false;
  }
}
