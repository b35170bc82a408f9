import type { Clock } from './Clock.js';
import { Deadline } from './Deadline.js';

/**
 * How long what is being closed may go on without progress. A message that is handed over is progress, and so are bytes of one that
 * takes long: whether some went out is asked when the time is over, so that it may end up to two of them after the last.
 */
export class Linger {
  readonly #deadline: Deadline;
  readonly #mark: () => unknown;
  #ms = Infinity;
  #before: unknown;

  /**
   * @param over is called when nothing has gone on for that time, unless it is stopped
   * @param mark is another one whenever something has gone on that {@link progress} does not tell, such as the bytes that wait
   */
  constructor(clock: Clock, over: () => void, mark: () => unknown) {
    this.#mark = mark;
    this.#deadline = new Deadline(clock, () => {
      if (mark() === this.#before) over();
      else this.start(this.#ms);
    });
  }

  /** Begins the time, anew if it runs. `Infinity`: as long as it takes. */
  start(ms: number): this {
    this.#ms = ms;
    this.#before = this.#mark();
    if (ms === Infinity) this.#deadline.clear();
    else this.#deadline.set(ms);
    return this;
  }

  /** It has gone on. */
  progress(): void {
    if (this.#deadline.isSet) this.#deadline.set(this.#ms);
  }

  stop(): void {
    this.#deadline.close();
  }
}
