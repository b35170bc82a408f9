import type { Clock } from '../../internal/Clock.js';

/** How long what is being closed may go on without progress. */
export class Linger {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #over: () => void;
  #progressAt: number;
  #cancel: (() => void) | undefined;

  /**
   * Starts it.
   *
   * @param ms `Infinity`: as long as it takes
   * @param over is called once, unless it is stopped
   */
  constructor(clock: Clock, ms: number, over: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#over = over;
    this.#progressAt = clock.now();
    if (ms !== Infinity) this.#cancel = clock.after(ms, this.#due);
  }

  /** It has gone on. */
  progress(): void {
    this.#progressAt = this.#clock.now();
  }

  stop(): void {
    this.#cancel?.();
  }

  readonly #due = (): void => {
    const waitMs = this.#progressAt + this.#ms - this.#clock.now();
    if (waitMs > 0) this.#cancel = this.#clock.after(Math.ceil(waitMs), this.#due);
    else this.#over();
  };
}
