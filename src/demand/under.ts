import type { Demand } from './types.js';
import { slot } from './slot.js';

/**
 * Calls a function with a current demand: a source that it subscribes uses this demand if it cannot find its consumer otherwise.
 * `null`: sources that it subscribes have none.
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
