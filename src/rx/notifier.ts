import type { NextObserver } from 'rxjs';
import { untracked } from '../demand/untracked.js';
import type { Rule } from '../options/rules.js';

/** Where events go that stand beside the values: a function, or an observer of which `next` alone is called. */
export type Listener<T> = NextObserver<T> | ((event: T) => void);

export const isListener: Rule = (value) =>
  typeof value === 'function' || typeof (value as { next?: unknown } | null | undefined)?.next === 'function'
    ? undefined
    : 'a function or an observer with a next method';

/** Calls a listener outside any demand. What it throws, it throws. */
export function notifier<T>(listener: Listener<T> | undefined): ((event: T) => void) | undefined {
  if (listener === undefined) return undefined;
  return (event) => untracked(() => (typeof listener === 'function' ? listener(event) : listener.next(event)));
}
