import type { Clock } from '../time/Clock.js';

/** In ms. */
const LONGEST_DELAY_MS = 16;

/** Tries again what libzmq does not tell of, such as room: after 1, 2, 4 ... ms, 16 at the longest. */
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

  /** Calls back once the next delay is over, instead of what was to be tried before. */
  later(attempt: () => void): void {
    this.#cancel?.();
    // eslint-disable-next-line no-restricted-syntax -- asks libzmq again whether there is room
    this.#cancel = this.#clock.after(this.#delayMs, () => {
      this.#cancel = undefined;
      attempt();
    });
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }

  /** It has worked: the next delay is the shortest again. */
  reset(): void {
    this.#delayMs = 1;
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
