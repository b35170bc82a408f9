import { type Observer, Subscriber, type Subscription } from 'rxjs';

/**
 * A subscriber that ends with `owner`, and can be ended while it subscribes: `source.subscribe(observer)` alone gives
 * its subscription only after a synchronous source has said all it has.
 */
export function chain<T>(owner: Subscription, observer: Observer<T>): Subscriber<T> {
  const subscriber = new Chained(observer);
  owner.add(subscriber);
  subscriber.add(() => owner.remove(subscriber));
  return subscriber;
}

class Chained<T> extends Subscriber<T> {
  readonly #observer: Observer<T>;

  constructor(observer: Observer<T>) {
    super();
    this.#observer = observer;
  }

  protected override _next(value: T): void {
    this.#observer.next(value);
  }

  protected override _error(error: unknown): void {
    try {
      this.#observer.error(error);
    } finally {
      this.unsubscribe();
    }
  }

  protected override _complete(): void {
    try {
      this.#observer.complete();
    } finally {
      this.unsubscribe();
    }
  }
}
