import type { Clock } from '../../time/Clock.js';
import { Deadline } from '../../time/Deadline.js';

/** A stall shorter than this is how a pipeline with demand works, and not told, in ms. */
const WORTH_TELLING_MS = 100;

/** Tells when a source has not been read for a while for want of room, and when it is again. */
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

  /** There is no room. */
  stall(): void {
    if (this.#since >= 0) return;
    this.#since = this.#clock.now();
    if (!this.#closed) this.#worthTelling.set(WORTH_TELLING_MS); // one timer serves any number of short stalls
  }

  /** It is being read. */
  resume(): void {
    if (this.#since < 0) return;
    const stalledMs = this.#clock.now() - this.#since;
    this.#since = -1;
    this.#worthTelling.clear();
    if (!this.#told) return;
    this.#told = false;
    this.#notify('resumed', stalledMs);
  }

  /** Tells nothing from now on: what has ended has room for ever, and has not resumed. */
  close(): void {
    this.#closed = true;
    this.#worthTelling.close();
    this.#told = false;
  }
}
