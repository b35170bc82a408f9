import type { NextObserver } from 'rxjs';
import { aside } from '../demand/aside.js';
import type { Demand } from '../demand/types.js';
import type { Rule } from '../options/rules.js';

/** A listener of events: a function, or an observer of which only `next` is called. */
export type Listener<T> = NextObserver<T> | ((event: T) => void);

export const isListener: Rule = (value) =>
  typeof value === 'function' || typeof (value as { next?: unknown } | null | undefined)?.next === 'function'
    ? undefined
    : 'a function or an observer with a next method';

/**
 * Creates the function that calls a listener. Exceptions of the listener pass through.
 *
 * @param below the demand of the consumer below
 */
export function notifier<T>(listener: Listener<T> | undefined, below?: Demand): ((event: T) => void) | undefined {
  if (listener === undefined) return undefined;
  return (event) => aside(below, () => (typeof listener === 'function' ? listener(event) : listener.next(event)));
}
