import type { Subscriber } from 'rxjs';
import { slot } from '../demand/slot.js';
import type { Demand } from '../demand/types.js';

/**
 * A subscriber whose notifications carry a demand: while it is notified, what subscribes finds that demand as the
 * current one. `undefined` hides the demand of whoever notifies.
 */
export class Outlet<T> {
  readonly #subscriber: Subscriber<T>;
  readonly demand: Demand | undefined;

  constructor(subscriber: Subscriber<T>, demand: Demand | undefined) {
    this.#subscriber = subscriber;
    this.demand = demand;
  }

  get closed(): boolean {
    return this.#subscriber.closed;
  }

  next(value: T): void {
    const { current, asked } = slot;
    slot.current = slot.asked = this.demand;
    try {
      this.#subscriber.next(value);
    } finally {
      slot.current = current;
      slot.asked = asked;
    }
  }

  error(error: unknown): void {
    this.#carry(() => this.#subscriber.error(error));
  }

  complete(): void {
    this.#carry(() => this.#subscriber.complete());
  }

  #carry(notify: () => void): void {
    const { current, asked } = slot;
    slot.current = slot.asked = this.demand;
    try {
      notify();
    } finally {
      slot.current = current;
      slot.asked = asked;
    }
  }
}
