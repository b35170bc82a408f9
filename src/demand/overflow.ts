import { OverflowError } from '../errors.js';

/** The default number of values from a source that ignores back-pressure that may wait at a consumer. */
export const MAX_BUFFERED = 1000;

/** The consumer that refuses a value: its name and, if it has any, its endpoints. */
export interface Refuser {
  readonly of: string;
  readonly endpoints?: readonly string[];
}

/**
 * Refuses one more value if too many wait already.
 *
 * @throws OverflowError
 */
export function requireRoom(refuser: Refuser, waiting: number, most: number): void {
  if (waiting >= most) throw new OverflowError(most, refuser.of, refuser.endpoints);
}
