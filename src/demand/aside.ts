import { slot } from './slot.js';
import type { Demand } from './types.js';

/**
 * Calls a user's function that does not handle values: its subscriptions are independent of the pipeline. Only `demand()` returns
 * the demand of the pipeline in it.
 *
 * @param here the demand of the consumer below
 */
export function aside<T>(here: Demand | undefined, action: () => T): T {
  const { current, here: before, asked } = slot;
  slot.current = slot.asked = undefined;
  slot.here = here;
  try {
    return action();
  } finally {
    slot.current = current;
    slot.here = before;
    slot.asked = asked;
  }
}
