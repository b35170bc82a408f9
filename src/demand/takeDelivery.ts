import type { Delivery } from './Delivery.js';
import { slot } from './slot.js';

/**
 * Takes the delivery that is under way, for a consumer that keeps the value beyond its `next`; it says `done` to it later. `null`:
 * nobody waits for that, as with all of ZeroMQ's messages.
 */
export function takeDelivery(): Delivery | null {
  return slot.delivery === null ? null : slot.delivery.hold();
}
