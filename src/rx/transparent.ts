import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import { chain } from './chain.js';
import { FROM } from './links.js';

/** What a transparent operator does with its source. Errors pass. */
export interface Passing<T> {
  next(value: T): void;
  complete(): void;
  /** Called once when it is over, however that came. */
  finalize?(): void;
}

/**
 * Builds an operator that has no demand of its own: that of its consumer crosses it, as it does a `map`. State lives in
 * `start`, called for each subscription. What a handler throws goes to `error`.
 */
export function transparent<I, O>(start: (out: Subscriber<O>) => Passing<I>): OperatorFunction<I, O> {
  return (source) => {
    const made = new Observable<O>((subscriber) => {
      const handlers = start(subscriber);
      subscriber.add(() => handlers.finalize?.());
      const observer = {
        next(value: I) {
          try {
            handlers.next(value);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown) => subscriber.error(error),
        complete() {
          try {
            handlers.complete();
          } catch (error) {
            subscriber.error(error);
          }
        },
      };
      source.subscribe(chain<I>(subscriber, observer, { feeds: subscriber }));
    });
    return Object.assign(made, { [FROM]: source });
  };
}
