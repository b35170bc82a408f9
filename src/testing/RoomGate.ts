import { run } from '../demand/run.js';
import type { Demand, Waiter } from '../demand/types.js';

/** The demand of a far side: room that comes and goes as it is told. */
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

  /** There is room from now on, or none. */
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
