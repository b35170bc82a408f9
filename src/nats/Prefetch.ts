import type { Clock } from '../time/Clock.js';

/** The longest time that a message should wait here before it is read, in ms: another peer could have had it. */
const LONGEST_WAIT_MS = 1000;
const MOST = 256;
const MOST_BYTES = 8 * 1024 * 1024;

/** How many messages to request in advance: as many as the reader reads in a second. It starts with one. */
export class Prefetch {
  readonly #clock: Clock;
  readonly #most: number;
  #target = 1;
  /** The mean size of recent messages. */
  #bytesEach = 0;
  #lastEmpty = -Infinity;

  constructor(clock: Clock, highWaterMark: number) {
    this.#clock = clock;
    this.#most = Math.min(MOST, highWaterMark || MOST);
  }

  /** How many messages may be here or requested. */
  get target(): number {
    const byBytes = this.#bytesEach === 0 ? MOST : Math.max(1, Math.floor(MOST_BYTES / this.#bytesEach));
    return Math.min(this.#target, byBytes);
  }

  came(bytes: number): void {
    this.#bytesEach = this.#bytesEach === 0 ? bytes : this.#bytesEach * 0.9 + bytes * 0.1;
  }

  /** A message was read that had arrived at this time. */
  read(cameAt: number): void {
    if (this.#clock.now() - cameAt > LONGEST_WAIT_MS) this.#target = Math.max(1, Math.floor(this.#target / 2));
  }

  /** The reader has found no message here. */
  ranDry(): void {
    const now = this.#clock.now();
    if (now - this.#lastEmpty < LONGEST_WAIT_MS) this.#target = Math.min(this.#most, this.#target * 2);
    this.#lastEmpty = now;
  }
}
