import { Delivery } from './Delivery.js';
import { within } from './within.js';

/**
 * Gives a value that can be settled: once `next` has returned and whoever took the delivery within is done with it.
 *
 * @param settle not called where `next` throws, or what took it ends before it is done
 */
export function deliver(settle: () => void, next: () => void): void {
  const delivery = new Delivery(settle);
  within(delivery, next);
  delivery.done();
}
