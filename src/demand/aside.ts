import { slot } from './slot.js';
import type { Demand } from './types.js';

/**
 * Calls a function of the user's that stands beside the values: what it subscribes or feeds is its own affair. Only
 * `demand()` tells it whose pipeline it stands in.
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
