import { slot } from './slot.js';
import type { Demand } from './types.js';

/**
 * The demand of the consumer that is subscribing, or being fed, right now: what a source that is subscribed later, and
 * by somebody else, can be given by hand as its option `demand`.
 *
 * @returns `undefined` where no consumer of this library stands below
 * @example
 * ```ts
 * defer(() => {
 *   const below = demand();
 *   return timer(5).pipe(mergeMap(() => fromPull(endpoint, { demand: below })));
 * }).pipe(toPush(elsewhere))
 * ```
 * @see {@link untracked}, the opposite
 */
export function demand(): Demand | undefined {
  return slot.current ?? undefined;
}
