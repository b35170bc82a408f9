import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import { chain } from './chain.js';
import { FROM } from './links.js';

/** The handlers of a transparent operator. Errors pass through. */
export interface Passing<T> {
  next(value: T): void;
  complete(): void;
  /** Called once when it has ended, for any reason. */
  finalize?(): void;
}

/**
 * Builds an operator without its own demand: the demand of its consumer passes through it, as through a `map`. Its state is in
 * `start`, which is called for each subscription. Exceptions of handlers go to `error`.
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
