import type { Subscriber } from 'rxjs';
import { Claim } from '../demand/Claim.js';
import { slot } from '../demand/slot.js';
import type { Delivery } from '../demand/Delivery.js';
import type { Demand } from '../demand/types.js';
import { demandOf } from './demandOf.js';
import { isData } from './isData.js';
import { tellsDestination } from './tellsDestination.js';

/**
 * The output of a source: its subscriber, and the demand of the consumer below. Values are emitted without a current demand: other
 * sources that are subscribed meanwhile do not belong to this consumer.
 */
export class Outlet<T> {
  /** The demand of the consumer that it feeds. */
  readonly below: Demand | undefined;
  readonly #subscriber: Subscriber<T>;
  readonly #claim: Claim | undefined;

  /** @param claim set if its values may be signals */
  constructor(subscriber: Subscriber<T>, below: Demand | undefined, claim?: Claim) {
    this.#subscriber = subscriber;
    this.below = below;
    this.#claim = claim;
  }

  /**
   * Finds the consumer that a subscriber feeds.
   *
   * @param self the Observable that is subscribed to
   * @param given the demand set by hand; `null`: none
   */
  static of<T>(subscriber: Subscriber<T>, self: object, given?: Demand | null): Outlet<T> {
    if (given !== undefined) return new Outlet(subscriber, given ?? undefined);
    const found = demandOf(subscriber);
    if (found === undefined || isData(subscriber, self, found)) return new Outlet(subscriber, found);
    return new Outlet(subscriber, found, new Claim(found));
  }

  /** The demand to ask before each value. */
  get demand(): Demand | undefined {
    return this.#claim ?? this.below;
  }

  get closed(): boolean {
    return this.#subscriber.closed;
  }

  /** A value was read for it, and will be emitted later. */
  spend(): void {
    this.#claim?.spend();
  }

  /**
   * @param governed whether the value comes from a read that asked for demand
   * @param delivery the delivery of the value; `null`: it cannot be settled. @default the current delivery
   */
  next(value: T, governed = true, delivery: Delivery | null = slot.delivery): void {
    const { current, here, asked, delivery: before } = slot;
    slot.current = tellsDestination ? undefined : this.below;
    slot.here = this.below;
    slot.asked = governed ? this.below : undefined;
    slot.delivery = delivery;
    try {
      if (this.#claim === undefined || this.#claim.isData) this.#subscriber.next(value);
      else this.#claim.give(() => this.#subscriber.next(value));
    } finally {
      slot.current = current;
      slot.here = here;
      slot.asked = asked;
      slot.delivery = before;
    }
  }

  error(error: unknown): void {
    this.#carry(() => this.#subscriber.error(error));
  }

  complete(): void {
    this.#carry(() => this.#subscriber.complete());
  }

  #carry(notify: () => void): void {
    const { current, here, asked } = slot;
    slot.current = tellsDestination ? undefined : this.below;
    slot.here = slot.asked = this.below;
    try {
      notify();
    } finally {
      slot.current = current;
      slot.here = here;
      slot.asked = asked;
    }
  }
}
