import type { Clock } from '../time/Clock.js';

/** No message is to wait here longer before it is read, in ms: others could have had it. */
const LONGEST_WAIT_MS = 1000;
const MOST = 256;
const MOST_BYTES = 8 * 1024 * 1024;

/** How many messages a reader keeps with it: as many as it takes in a second. It begins with one. */
export class Prefetch {
  readonly #clock: Clock;
  readonly #most: number;
  #target = 1;
  /** A mean of what came lately. */
  #bytesEach = 0;
  #lastEmpty = -Infinity;

  constructor(clock: Clock, highWaterMark: number) {
    this.#clock = clock;
    this.#most = Math.min(MOST, highWaterMark || MOST);
  }

  /** How many may be here, or on their way. */
  get target(): number {
    const byBytes = this.#bytesEach === 0 ? MOST : Math.max(1, Math.floor(MOST_BYTES / this.#bytesEach));
    return Math.min(this.#target, byBytes);
  }

  came(bytes: number): void {
    this.#bytesEach = this.#bytesEach === 0 ? bytes : this.#bytesEach * 0.9 + bytes * 0.1;
  }

  /** A message was read that came at this time. */
  read(cameAt: number): void {
    if (this.#clock.now() - cameAt > LONGEST_WAIT_MS) this.#target = Math.max(1, Math.floor(this.#target / 2));
  }

  /** The reader wants more than was here. */
  ranDry(): void {
    const now = this.#clock.now();
    if (now - this.#lastEmpty < LONGEST_WAIT_MS) this.#target = Math.min(this.#most, this.#target * 2);
    this.#lastEmpty = now;
  }
}
