import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** How long what is being closed may go on without progress. */
export class Linger {
  readonly #ms: number;
  readonly #deadline: Deadline;

  /**
   * Starts it.
   *
   * @param ms `Infinity`: as long as it takes
   * @param over is called once, unless it is stopped
   */
  constructor(clock: Clock, ms: number, over: () => void) {
    this.#ms = ms;
    this.#deadline = new Deadline(clock, over);
    if (ms !== Infinity) this.#deadline.set(ms);
  }

  /** It has gone on. */
  progress(): void {
    if (this.#deadline.isSet) this.#deadline.set(this.#ms);
  }

  stop(): void {
    this.#deadline.close();
  }
}
