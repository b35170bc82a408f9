import { Delivery } from './Delivery.js';
import { within } from './within.js';

/**
 * Emits a value that can be settled: once `next` has returned and all that took the delivery are done with it.
 *
 * @param settle not called if `next` throws, or if a holder ends before it is done
 */
export function deliver(settle: () => void, next: () => void): void {
  const delivery = new Delivery(settle);
  within(delivery, next);
  delivery.done();
}
