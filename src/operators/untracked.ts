import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { under } from '../demand/under.js';
import { chain } from '../rx/chain.js';

/**
 * As an operator, it stops back-pressure: everything above it runs at its own speed, also what is subscribed there later. As a function,
 * it calls another function without any demand: a source that is subscribed in that call runs at its own speed.
 *
 * Use it for streams that must go on while the data is held back, above all for streams that control it.
 *
 * **Delivery** Every value. While a consumer below is busy, values are queued there, up to its `maxBuffered`; one more is an
 * `OverflowError`.
 *
 * **Ends** With its source.
 * ```text
 * source   -abcdefgh--->
 * output   -abcdefgh--->     whether the consumer is ready or not
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/untracked.ts#main}
 *
 * @see {@link demand}, the opposite
 */
export function untracked<T>(): MonoTypeOperatorFunction<T>;
/**
 * Calls a function without any demand: a source that is subscribed in that call runs at its own speed.
 *
 * @param action a function that subscribes; what it subscribes to asks no consumer
 * @returns the result of the function
 */
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
