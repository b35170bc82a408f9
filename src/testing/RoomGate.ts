import { run } from '../demand/run.js';
import type { Demand, Waiter } from '../demand/types.js';

/** The demand of a far side: it is ready or not, as the diagram of `room` says. */
export class RoomGate implements Demand {
  readonly ended = false;
  readonly #waiters = new Set<Waiter>();
  #open = true;

  hasRoom(): boolean {
    return this.#open;
  }

  wait(waiter: Waiter): void {
    this.#waiters.add(waiter);
  }

  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
  }

  pass(): void {
    if (this.#open) this.#wake();
  }

  /** Sets whether it is ready from now on. */
  set(open: boolean): void {
    this.#open = open;
    if (open) this.#wake();
  }

  #wake(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) run(() => waiter.room());
  }
}
