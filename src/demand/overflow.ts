import { OverflowError } from '../errors.js';

/** How many values a consumer lets wait that come of where its demand cannot reach, unless told otherwise. */
export const MAX_BUFFERED = 1000;

/** Who refuses a value: the name of a consumer and, where it has some, its endpoints. */
export interface Refuser {
  readonly of: string;
  readonly endpoints?: readonly string[];
}

/**
 * Refuses one more value where too many wait already.
 *
 * @throws OverflowError
 */
export function requireRoom(refuser: Refuser, waiting: number, most: number): void {
  if (waiting >= most) throw new OverflowError(most, refuser.of, refuser.endpoints);
}
