import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** Shorter stalls are normal with back-pressure, and not reported, in ms. */
const WORTH_TELLING_MS = 100;

/** Reports when back-pressure has held back a source for a while, and when it is read again. */
export class StallWatch {
  readonly #clock: Clock;
  readonly #notify: (kind: 'stalled' | 'resumed', stalledMs: number) => void;
  #since = -1;
  #told = false;
  #closed = false;
  readonly #worthTelling: Deadline;

  constructor(clock: Clock, notify: (kind: 'stalled' | 'resumed', stalledMs: number) => void) {
    this.#clock = clock;
    this.#notify = notify;
    this.#worthTelling = new Deadline(clock, () => {
      this.#told = true;
      this.#notify('stalled', 0);
    });
  }

  /** The consumer is not ready. */
  stall(): void {
    if (this.#since >= 0) return;
    this.#since = this.#clock.now();
    if (!this.#closed) this.#worthTelling.set(WORTH_TELLING_MS); // one timer serves any number of short stalls
  }

  /** The source is read. */
  resume(): void {
    if (this.#since < 0) return;
    const stalledMs = this.#clock.now() - this.#since;
    this.#since = -1;
    this.#worthTelling.clear();
    if (!this.#told) return;
    this.#told = false;
    this.#notify('resumed', stalledMs);
  }

  /** Reports nothing from now on: after its end a consumer seems ready for ever, but the source has not resumed. */
  close(): void {
    this.#closed = true;
    this.#worthTelling.close();
    this.#told = false;
  }
}
