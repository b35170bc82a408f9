import type { Clock } from '../time/Clock.js';
import { Deadline } from '../time/Deadline.js';
import { LONG_MS, warnOnce } from './MisconfigurationWatch.js';

const REMEDY =
  'waitForSubscribers: 1 keeps frames until somebody has subscribed; waitForSubscribers: 0 says that they may be lost';

/** Warns once if the first frames of a publisher are dropped because nobody has subscribed. */
export class FirstFrames {
  readonly #of: string;
  readonly #endpoints: string;
  readonly #long: Deadline;
  #isHeard = false;
  #isLost = false;

  constructor(of: string, endpoints: readonly string[], clock: Clock) {
    this.#of = of;
    this.#endpoints = endpoints.join(', ');
    this.#long = new Deadline(clock, () => this.#warn('nobody has subscribed for 5 s, and all frames were dropped'));
  }

  /** The first frame is sent. */
  sent(): void {
    if (this.#isHeard) return;
    this.#isLost = true;
    this.#long.set(LONG_MS);
  }

  /** How many connections have a subscription now. */
  subscribed(count: number): void {
    if (count === 0 || this.#isHeard) return;
    this.#isHeard = true;
    if (this.#isLost) this.#warn('the first frames were dropped, because nobody had subscribed yet');
  }

  completed(): void {
    if (this.#isLost && !this.#isHeard) this.#warn('all frames were dropped, because nobody has subscribed');
  }

  close(): void {
    this.#long.close();
  }

  #warn(what: string): void {
    this.#isLost = false; // once is enough
    this.#long.close();
    warnOnce(this.#of, this.#endpoints, `${what}. ${REMEDY}`);
  }
}
