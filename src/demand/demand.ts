import { slot } from './slot.js';
import type { Demand } from './types.js';

/**
 * The demand of the consumer below whatever runs now: while somebody subscribes, in projections, in notifications, and in
 * the functions that options take, except `authenticate`, which is asked for a socket. A source that does not find it by
 * itself can be given it by hand, as its option `demand`.
 *
 * @returns `undefined` where no consumer of this library stands below
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
