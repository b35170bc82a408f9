import { Observable, type OperatorFunction, Subscriber } from 'rxjs';

/** What an operator does with its source. Errors pass to the consumer unless `error` is given. */
export interface Handlers<T> {
  next(value: T): void;
  error?(error: unknown): void;
  complete(): void;
  /** Called once when the consumer is done, however that came. */
  finalize?(): void;
}

/**
 * Builds an operator whose state lives in `start`, called for each subscription. The inner subscriber is chained to the
 * outer one before it subscribes, so that `take` stops a synchronous source. What a handler throws goes to `error`.
 */
export function operate<I, O>(start: (out: Subscriber<O>) => Handlers<I>): OperatorFunction<I, O> {
  return (source) =>
    new Observable<O>((out) => {
      const handlers = start(out);
      out.add(() => handlers.finalize?.());
      source.subscribe(new Inner(out, handlers));
    });
}

class Inner<I> extends Subscriber<I> {
  readonly #out: Subscriber<unknown>;
  readonly #handlers: Handlers<I>;

  constructor(out: Subscriber<unknown>, handlers: Handlers<I>) {
    super(out);
    this.#out = out;
    this.#handlers = handlers;
  }

  protected override _next(value: I): void {
    try {
      this.#handlers.next(value);
    } catch (error) {
      this.#out.error(error);
    }
  }

  protected override _error(error: unknown): void {
    try {
      if (this.#handlers.error) this.#handlers.error(error);
      else this.#out.error(error);
    } finally {
      this.unsubscribe();
    }
  }

  protected override _complete(): void {
    try {
      this.#handlers.complete();
    } catch (error) {
      this.#out.error(error);
    } finally {
      this.unsubscribe();
    }
  }
}
