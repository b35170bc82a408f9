import type { Delivery } from './Delivery.js';
import { slot } from './slot.js';

/** Calls a function with a delivery as the one under way: whoever takes it there is waited for. `null`: none is. */
export function within<T>(delivery: Delivery | null, action: () => T): T {
  const before = slot.delivery;
  if (before === delivery) return action();
  slot.delivery = delivery;
  try {
    return action();
  } finally {
    slot.delivery = before;
  }
}
