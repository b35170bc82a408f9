import type { Demand, Waiter } from './types.js';
import { run } from './run.js';

/** The demand that a consumer announces: its own room, joined with that of the consumer it feeds. */
export class Gate implements Demand {
  readonly #hasOwn: () => boolean;
  readonly #below: Demand | undefined;
  readonly #waiters = new Set<Waiter>();
  readonly #belowWaiter: Waiter = { room: () => this.pass() };
  #ended = false;

  /**
   * @param hasOwn whether the consumer itself has room
   * @param below what it found when it was subscribed
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
    this.#waiters.add(waiter);
    this.#waitBelow();
  }

  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  pass(): void {
    const [waiter] = this.#waiters;
    if (waiter !== undefined && this.hasRoom()) {
      this.#waiters.delete(waiter);
      run(() => waiter.room());
    } else if (waiter === undefined || !this.#hasOwn()) {
      this.#below?.pass(); // it is of no use here
    } else {
      this.#waitBelow();
    }
  }

  /** The consumer has ended: it is in nobody's way any more. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#below?.leave(this.#belowWaiter);
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) run(() => waiter.room());
  }

  #waitBelow(): void {
    if (this.#below && !this.#ended && !this.#below.hasRoom()) this.#below.wait(this.#belowWaiter);
  }
}
