import type { Clock } from '../../time/Clock.js';
import { byteText } from '../../basics/byteText.js';
import { LruMap } from './LruMap.js';

/** Topics that are not read for a while. The one that was asked for longest ago makes way for one more. */
export class Blacklist {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ttlMs: number;
  /** Until when. */
  readonly #entries: LruMap<number>;

  constructor(clock: Pick<Clock, 'now'>, size: number, ttlMs: number) {
    this.#clock = clock;
    this.#ttlMs = ttlMs;
    this.#entries = new LruMap(size);
  }

  /** Its time begins again where it is there already. */
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
