import type { Demand } from './types.js';
import { slot } from './slot.js';

/** Calls a function with a demand as the current one: whatever subscribes meanwhile finds it. */
export function under<T>(demand: Demand | null | undefined, action: () => T): T {
  const before = slot.current;
  slot.current = demand;
  try {
    return action();
  } finally {
    slot.current = before;
  }
}
