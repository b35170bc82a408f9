import { type Observer, Subscriber, type Subscription } from 'rxjs';
import type { Demand } from '../demand/types.js';
import { ANNOUNCES, FEEDS } from './links.js';

/** The links of a subscriber for those above it. */
export interface ChainLink {
  /** The demand of its consumer; `null`: demand ends here. */
  readonly announces?: Demand | null;
  /** The subscriber that it feeds. */
  readonly feeds?: object;
}

/**
 * A subscriber that ends with `owner`, and can be ended while it subscribes: `source.subscribe(observer)` alone returns its
 * subscription only after a synchronous source has emitted all its values.
 */
export function chain<T>(owner: Subscription, observer: Observer<T>, link: ChainLink = {}): Subscriber<T> {
  const subscriber = new Chained(observer, link);
  owner.add(subscriber);
  subscriber.add(() => {
    owner.remove(subscriber);
    subscriber.unlink();
  });
  return subscriber;
}

class Chained<T> extends Subscriber<T> {
  [ANNOUNCES]: Demand | null | undefined;
  [FEEDS]: object | undefined;
  readonly #observer: Observer<T>;

  constructor(observer: Observer<T>, { announces, feeds }: ChainLink) {
    super();
    this[ANNOUNCES] = announces;
    this[FEEDS] = feeds;
    this.#observer = observer;
  }

  /** References to an ended subscriber must not keep the subscribers below alive. */
  unlink(): void {
    this[ANNOUNCES] = null;
    this[FEEDS] = undefined;
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
