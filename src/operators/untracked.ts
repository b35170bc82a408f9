import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { under } from '../demand/under.js';
import { chain } from '../rx/chain.js';

/**
 * As an operator, ends demand: what is above it runs at its own speed, whatever subscribes there and whenever. As a function,
 * calls another outside any demand: a source that is subscribed in that call runs at its own speed.
 *
 * It is for what must go on while the data stands still, above all for streams that control it.
 *
 * **Delivery** All that comes. While a consumer below is busy it waits there, up to its `maxBuffered`; one more is an
 * `OverflowError`.
 * **Ends** With its source.
 * ```text
 * source   -abcdefgh--->
 * output   -abcdefgh--->     whether there is room below or not
 * ```
 * **Example**
 * {@includeCode ../../examples/untracked.ts#main}
 * @returns what the function returns
 * @see {@link demand}, the opposite
 */
export function untracked<T>(): MonoTypeOperatorFunction<T>;
export function untracked<T>(action: () => T): T;
export function untracked(action?: () => unknown): unknown {
  if (action) return under(null, action);
  return (source: Observable<unknown>) =>
    new Observable((subscriber) => {
      const inner = chain<unknown>(
        subscriber,
        {
          next: (value) => subscriber.next(value),
          error: (error) => subscriber.error(error),
          complete: () => subscriber.complete(),
        },
        { announces: null },
      );
      under(null, () => source.subscribe(inner));
    });
}
