import type { Clock } from '../time/Clock.js';
import { turnBudgetOf } from '../time/TurnBudget.js';

/**
 * A moment at which something is decided about a peer. It is judged only after the loop has looked for I/O, and once those who had
 * more to read than a turn's time have gone on: what a blocked loop has kept from being read counts as come in time. It may be
 * put off often: one timer serves any number of times.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #reached: () => void;
  #cancel: (() => void) | undefined;
  /** How long it was set for, and when it is reached; -1: not at all. */
  #ms = 0;
  #at = -1;
  /** When the timer calls. */
  #timerAt = -1;
  /** The timer has called, and the loop is looking for I/O. */
  #looking = false;
  /** The clock is being asked to: it answers at once where no loop runs between timers, so that nobody can catch up. */
  #asking = false;
  /** How often somebody had had to wait for time to read when the loop last looked. */
  #waits = 0;

  #lookedAt = 0;

  constructor(clock: Clock, reached: () => void) {
    this.#clock = clock;
    this.#reached = reached;
  }

  /** When the loop last began to look for I/O: once it is reached, all that was due by then is judged. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  get isSet(): boolean {
    return this.#at >= 0;
  }

  /** It is reached so many ms from now, or from another moment on, and not before. */
  set(ms: number, since?: number): void {
    const now = this.#clock.now();
    this.#ms = ms;
    this.#at = (since ?? now) + ms;
    if (this.#looking || (this.#cancel && this.#timerAt <= this.#at)) return;
    this.#arm(since === undefined ? ms : Math.max(0, Math.ceil(this.#at - now)));
  }

  /** It is not waited for any more. The timer may stay. */
  clear(): void {
    this.#at = -1;
  }

  close(): void {
    this.#at = -1;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(ms: number): void {
    this.#cancel?.();
    this.#timerAt = this.#at;
    this.#cancel = this.#clock.after(ms, this.#called);
  }

  readonly #called = (): void => {
    this.#cancel = undefined;
    if (this.#at < 0 || this.#isPutOff()) return;
    this.#look();
  };

  /** A look that finds somebody behind with reading is followed by another, for as long again at the most. */
  readonly #looked = (): void => {
    this.#looking = false;
    if (this.#at < 0 || this.#isPutOff()) return;
    const turn = turnBudgetOf(this.#clock);
    const isBehind = !this.#asking && (turn.isAwaited || turn.waits !== this.#waits);
    if (isBehind && this.#clock.now() < this.#at + this.#ms) this.#look();
    else {
      this.#at = -1;
      this.#reached();
    }
  };

  #look(): void {
    this.#looking = true;
    this.#lookedAt = this.#clock.now();
    this.#waits = turnBudgetOf(this.#clock).waits;
    this.#asking = true;
    this.#clock.afterIO(this.#looked);
    this.#asking = false;
  }

  /** Whether it was set anew since its timer was; then that goes on. */
  #isPutOff(): boolean {
    if (this.#at <= this.#timerAt) return false;
    const leftMs = this.#at - this.#clock.now();
    if (leftMs > 0) this.#arm(Math.ceil(leftMs));
    return leftMs > 0;
  }
}
