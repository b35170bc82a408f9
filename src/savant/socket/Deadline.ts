import type { Clock } from '../../time/Clock.js';

/** A moment that is waited for and often put off: one timer serves any number of times. */
export class Deadline {
  readonly #clock: Clock;
  readonly #reached: () => void;
  #cancel: (() => void) | undefined;
  /** When it is reached; -1: not at all. */
  #at = -1;
  /** When the timer calls. */
  #timerAt = -1;
  #isPutOff = false;

  constructor(clock: Clock, reached: () => void) {
    this.#clock = clock;
    this.#reached = reached;
  }

  get isSet(): boolean {
    return this.#at >= 0;
  }

  /** It is reached so many ms from now, and not before. */
  set(ms: number): void {
    this.#at = this.#clock.now() + ms;
    if (this.#cancel && this.#timerAt <= this.#at) {
      this.#isPutOff = true;
      return;
    }
    this.#cancel?.();
    this.#arm(ms);
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
    this.#isPutOff = false;
    this.#timerAt = this.#at;
    this.#cancel = this.#clock.after(ms, this.#called);
  }

  readonly #called = (): void => {
    this.#cancel = undefined;
    if (this.#at < 0) return;
    const leftMs = this.#isPutOff ? this.#at - this.#clock.now() : 0;
    if (leftMs > 0) {
      this.#arm(Math.ceil(leftMs));
      return;
    }
    this.#at = -1;
    this.#reached();
  };
}
