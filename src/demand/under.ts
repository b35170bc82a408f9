import type { Demand } from './types.js';
import { slot } from './slot.js';

/**
 * Calls a function with a demand as the current one: a source that it subscribes, and whose consumer cannot be found
 * otherwise, takes it for its own. `null`: whatever it subscribes has none.
 */
export function under<T>(demand: Demand | null | undefined, action: () => T): T {
  const { current, here } = slot;
  slot.current = demand;
  slot.here = demand ?? undefined;
  try {
    return action();
  } finally {
    slot.current = current;
    slot.here = here;
  }
}
