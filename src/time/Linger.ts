import type { Clock } from './Clock.js';
import { Deadline } from './Deadline.js';

/**
 * How long a closing socket may go on without progress. A delivered message is progress, and so are sent bytes of a long message:
 * these are checked only when the time is over, so it may end up to twice the time after the last progress.
 */
export class Linger {
  readonly #deadline: Deadline;
  readonly #mark: () => unknown;
  #ms = Infinity;
  #before: unknown;

  /**
   * @param over is called when there was no progress for that time, unless it is stopped
   * @param mark returns a value that changes with progress that {@link progress} does not report, such as the number of waiting bytes
   */
  constructor(clock: Clock, over: () => void, mark: () => unknown) {
    this.#mark = mark;
    this.#deadline = new Deadline(clock, () => {
      if (mark() === this.#before) over();
      else this.start(this.#ms);
    });
  }

  /** Starts the time, or restarts it. `Infinity`: as long as it takes. */
  start(ms: number): this {
    this.#ms = ms;
    this.#before = this.#mark();
    if (ms === Infinity) this.#deadline.clear();
    else this.#deadline.set(ms);
    return this;
  }

  /** There was progress. */
  progress(): void {
    if (this.#deadline.isSet) this.#deadline.set(this.#ms);
  }

  stop(): void {
    this.#deadline.close();
  }
}
