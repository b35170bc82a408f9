import { OverflowError } from '../errors.js';

/** How many values a consumer lets wait that come of where its demand cannot reach, unless told otherwise. */
export const MAX_BUFFERED = 1000;

/**
 * Refuses one more value where too many wait already.
 *
 * @throws OverflowError
 */
export function requireRoom(waiting: number, most: number): void {
  if (waiting >= most) throw new OverflowError(most);
}
