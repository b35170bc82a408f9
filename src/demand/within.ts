import type { Delivery } from './Delivery.js';
import { slot } from './slot.js';

/** Calls a function with a current delivery: it is settled after all that take it there are done. `null`: there is none. */
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
