import type { Demand, Waiter } from './types.js';
import { run } from './run.js';

/** The demand of a consumer: it is ready if the consumer itself and the consumer below are. */
export class Gate implements Demand {
  readonly #hasOwn: () => boolean;
  readonly #below: Demand | undefined;
  /** Created for the first waiter: most gates of inner streams have none. */
  #waiters: Set<Waiter> | undefined = undefined;
  #belowWaiter: Waiter | undefined = undefined;
  taken = 0;
  given = false;
  source: object | undefined = undefined;
  #ended = false;
  #held = 0;
  #passes = 0;

  /**
   * @param hasOwn whether the consumer itself is ready
   * @param below the demand below, found at subscription
   */
  constructor(hasOwn: () => boolean, below: Demand | undefined) {
    this.#hasOwn = hasOwn;
    this.#below = below;
  }

  get ended(): boolean {
    return this.#ended;
  }

  hasRoom(): boolean {
    return this.#ended || (this.#hasOwn() && (this.#below === undefined || this.#below.hasRoom()));
  }

  wait(waiter: Waiter): void {
    this.#waiters ??= new Set();
    this.#waiters.add(waiter);
    this.#waitBelow();
  }

  leave(waiter: Waiter): void {
    this.#waiters?.delete(waiter);
  }

  pass(): void {
    if (this.#held > 0) {
      this.#passes += 1;
    } else if (!this.#waiters?.size || !(this.#ended || this.#hasOwn())) {
      this.#below?.pass(); // not needed here
    } else if (this.hasRoom()) {
      run(() => this.#wakeNext());
    } else {
      this.#waitBelow();
    }
  }

  /** The consumer is being called: no waiter is called until it has returned. */
  hold(): void {
    this.taken += 1;
    this.#held += 1;
  }

  /** It has returned. */
  release(): void {
    this.#held -= 1;
    while (this.#held === 0 && this.#passes > 0) {
      this.#passes -= 1; // before the waiter is called, which may call the consumer again
      this.pass();
    }
  }

  /** The consumer has ended: it no longer holds back any source. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#belowWaiter) this.#below?.leave(this.#belowWaiter);
    if (this.#waiters === undefined) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) run(() => waiter.room());
  }

  /** The next waiter is chosen when the task runs: until then the space may be used, or waiters may have left. */
  #wakeNext(): void {
    if (this.#held > 0 || !this.hasRoom()) {
      this.pass();
      return;
    }
    this.given = false;
    for (const waiter of this.#waiters ?? []) {
      this.#waiters?.delete(waiter);
      waiter.room();
      return;
    }
    this.#below?.pass();
  }

  #waitBelow(): void {
    if (!this.#below || this.#ended || this.#below.hasRoom()) return;
    this.#belowWaiter ??= { room: () => this.#wakeNext() };
    this.#below.wait(this.#belowWaiter);
  }
}
