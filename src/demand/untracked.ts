import { under } from './under.js';

/**
 * Calls a function outside any demand: a source that it subscribes runs at its own speed, not at that of the pipeline
 * the call happens to stand in.
 *
 * @returns what the function returns
 * @example
 * ```ts
 * tap(() => untracked(() => fromSub(control).subscribe(apply)))
 * ```
 * @see {@link demand}, the opposite
 */
export function untracked<T>(action: () => T): T {
  return under(null, action);
}
