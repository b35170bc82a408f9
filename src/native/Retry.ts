import type { Clock } from '../time/Clock.js';

/** The longest delay, in ms. */
const LONGEST_DELAY_MS = 16;

/** Repeats a check for something that libzmq does not report, such as space in a queue: after 1, 2, 4 ... ms, at most 16. */
export class Retry {
  readonly #clock: Clock;
  #delayMs = 1;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isPending(): boolean {
    return this.#cancel !== undefined;
  }

  /** Calls back after the next delay, instead of an earlier callback. */
  later(attempt: () => void): void {
    this.#cancel?.();
    // eslint-disable-next-line no-restricted-syntax -- checks again whether libzmq has space
    this.#cancel = this.#clock.after(this.#delayMs, () => {
      this.#cancel = undefined;
      attempt();
    });
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }

  /** It has succeeded: the next delay is the shortest again. */
  reset(): void {
    this.#delayMs = 1;
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
