import type { Delivery } from './Delivery.js';
import { slot } from './slot.js';

/**
 * Takes the current delivery, for a consumer that keeps the value after its `next`; the consumer calls its `done` later. `null`:
 * there is nothing to acknowledge, as for all ZeroMQ messages.
 */
export function takeDelivery(): Delivery | null {
  return slot.delivery === null ? null : slot.delivery.hold();
}
