import type { Clock } from '../../time/Clock.js';

/** A stall shorter than this is how a pipeline with demand works, and not told, in ms. */
const WORTH_TELLING_MS = 100;

/** Tells when a source has not been read for a while for want of room, and when it is again. */
export class StallWatch {
  readonly #clock: Clock;
  readonly #notify: (kind: 'stalled' | 'resumed', stalledMs: number) => void;
  #since = -1;
  #told = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, notify: (kind: 'stalled' | 'resumed', stalledMs: number) => void) {
    this.#clock = clock;
    this.#notify = notify;
  }

  /** There is no room. */
  stall(): void {
    if (this.#since >= 0) return;
    this.#since = this.#clock.now();
    this.#cancel ??= this.#clock.after(WORTH_TELLING_MS, this.#check); // one timer serves any number of short stalls
  }

  /** It is being read. */
  resume(): void {
    if (this.#since < 0) return;
    const stalledMs = this.#clock.now() - this.#since;
    this.#since = -1;
    if (!this.#told) return;
    this.#told = false;
    this.#notify('resumed', stalledMs);
  }

  /** Tells nothing from now on: what has ended has room for ever, and has not resumed. */
  close(): void {
    this.#cancel?.();
    this.#cancel = () => undefined; // no further timer
    this.#told = false;
  }

  readonly #check = (): void => {
    this.#cancel = undefined;
    if (this.#since < 0) return;
    const leftMs = WORTH_TELLING_MS - (this.#clock.now() - this.#since);
    if (leftMs > 1) {
      this.#cancel = this.#clock.after(leftMs, this.#check);
    } else {
      this.#told = true;
      this.#notify('stalled', 0);
    }
  };
}
