import { slot } from './slot.js';
import type { Demand } from './types.js';

/**
 * Returns the demand of the consumer below the running code: during subscription, in projections, in notifications, and in
 * functions that are options, except `authenticate`, which belongs to a socket. Pass it as option `demand` to a source that does
 * not find it by itself.
 *
 * @returns `undefined` if there is no consumer of this library below
 * @example
 * ```ts
 * url$.pipe(
 *   switchMap((url) => fromPull(url, { demand: demand() }).pipe(share())),
 *   toPush(elsewhere),
 * )
 * ```
 * @see {@link untracked}, the opposite
 */
export function demand(): Demand | undefined {
  return slot.here;
}
