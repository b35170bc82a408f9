import type { Clock } from '../time/Clock.js';
import { turnBudgetOf } from '../time/TurnBudget.js';

/**
 * A time-out of a peer. It expires only after the event loop has polled for I/O, and after readers that had used up their turn have
 * gone on: data that a blocked loop could not read counts as in time. Postponing it often is cheap: it reuses one timer.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #reached: () => void;
  #cancel: (() => void) | undefined;
  /** Its duration, and when it expires; -1: not set. */
  #ms = 0;
  #at = -1;
  /** When the timer fires. */
  #timerAt = -1;
  /** The timer has fired, and the loop polls for I/O. */
  #looking = false;
  /** The clock is being asked for the poll: it answers at once if no loop runs between timers, as then no reader can catch up. */
  #asking = false;
  /** How often readers had had to wait when the loop last polled. */
  #waits = 0;

  #lookedAt = 0;

  constructor(clock: Clock, reached: () => void) {
    this.#clock = clock;
    this.#reached = reached;
  }

  /** When the loop last began to poll for I/O: after the poll, everything that was due by then expires. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  get isSet(): boolean {
    return this.#at >= 0;
  }

  /** Sets it to expire this many ms from now, or from another moment. */
  set(ms: number, since?: number): void {
    const now = this.#clock.now();
    this.#ms = ms;
    this.#at = (since ?? now) + ms;
    if (this.#looking || (this.#cancel && this.#timerAt <= this.#at)) return;
    this.#arm(since === undefined ? ms : Math.max(0, Math.ceil(this.#at - now)));
  }

  /** Clears it. The timer may stay. */
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

  /** If readers are behind after a poll, it polls again, for at most the same time again. */
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

  /** Whether it was set again after its timer was; then the timer continues. */
  #isPutOff(): boolean {
    if (this.#at <= this.#timerAt) return false;
    const leftMs = this.#at - this.#clock.now();
    if (leftMs > 0) this.#arm(Math.ceil(leftMs));
    return leftMs > 0;
  }
}
