import type { Demand } from '../demand/types.js';
import { ANNOUNCES, FEEDS, FROM, type Link } from './links.js';

/**
 * Whether it can be seen that a source gives data to the consumer it has found, and no signals to an operator between: what
 * the consumer subscribed to is piped from it, or its values go straight there.
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

/** Where a pipe begins: its values are what the consumer at its end is there for. */
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
 * Whether each subscriber on the way lets its completion pass, or is an inner one of `mergeMap`, which `merge` and `concat` are
 * made of. Those of notifiers do neither. Where RxJS looks different inside, nothing can be seen.
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
