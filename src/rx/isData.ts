import type { Demand } from '../demand/types.js';
import { ANNOUNCES, FEEDS, FROM, type Link } from './links.js';

/**
 * Whether a source certainly emits data for the consumer it has found, and not signals for an operator in between: the consumer
 * subscribed to a pipe of this source, or its values go straight to the consumer.
 *
 * @param self the Observable that is subscribed to
 */
export function isData(subscriber: object, self: object, found: Demand): boolean {
  return (found.source !== undefined && rootOf(found.source) === self) || isStraight(subscriber);
}

interface Stage {
  readonly [FROM]?: Stage | undefined;
  readonly source?: Stage | undefined;
  readonly subscribe?: unknown;
}

/** The source of a pipe: its values are the data of the consumer at the end of the pipe. */
function rootOf(observable: object): object {
  let at = observable as Stage;
  for (let above = at[FROM] ?? at.source; typeof above?.subscribe === 'function'; above = at[FROM] ?? at.source) {
    at = above;
  }
  return at;
}

/** A subscriber of RxJS. */
interface Shape extends Link {
  readonly _complete?: unknown;
  readonly onFinalize?: unknown;
}

/**
 * Whether each subscriber on the way passes completion on, or is an inner one of `mergeMap`, on which `merge` and `concat` are
 * built. Subscribers of notifiers do neither. With another internal structure of RxJS the answer is no.
 */
function isStraight(subscriber: object): boolean {
  let at = subscriber as Shape | null | undefined;
  for (; at && at[ANNOUNCES] === undefined; at = at[FEEDS] ?? at.destination) {
    if (typeof at._complete !== 'function') return false;
    const { _complete: inherited } = Object.getPrototypeOf(at) as Shape;
    if (at._complete !== inherited && at.onFinalize === undefined) return false;
  }
  return Boolean(at);
}
