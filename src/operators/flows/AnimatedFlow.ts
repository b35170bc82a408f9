import { animationFrames, type Subscription, take } from 'rxjs';
import { callerContext } from '../../basics/callerContext.js';
import type { Gate } from '../../demand/Gate.js';
import type { Handlers } from '../../rx/operate.js';
import type { Outlet } from '../../rx/Outlet.js';

/** The part of a page's document that is used. A worker has none, and always counts as visible. */
interface PageDocument {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** One subscription of `animated`. */
export class AnimatedFlow<T> implements Handlers<T> {
  readonly #out: Outlet<T>;
  readonly #gate: Gate;
  readonly #context = callerContext();
  readonly #document = (globalThis as { readonly document?: PageDocument }).document;
  #held: { readonly value: T; readonly governed: boolean } | undefined;
  #frame: Subscription | undefined;
  #completed = false;

  constructor(out: Outlet<T>, gate: Gate) {
    this.#out = out;
    this.#gate = gate;
    this.#document?.addEventListener('visibilitychange', this.#seen);
  }

  hasRoom(): boolean {
    return this.#held === undefined && this.#document?.hidden !== true;
  }

  next(value: T, governed: boolean): void {
    this.#held = { value, governed };
    this.#frame ??= this.#await();
  }

  complete(): void {
    this.#completed = true;
    if (this.#held === undefined) this.#out.complete();
  }

  finalize(): void {
    this.#held = undefined;
    this.#frame?.unsubscribe();
    this.#document?.removeEventListener('visibilitychange', this.#seen);
  }

  /** A browser requests no animation frames of a hidden page. */
  #await(): Subscription {
    return (
      animationFrames()
        .pipe(take(1))
        // eslint-disable-next-line rxjs-x/no-ignored-error -- frames have no errors
        .subscribe(() => this.#context.runInAsyncScope(() => this.#show()))
    );
  }

  #show(): void {
    this.#frame = undefined;
    const held = this.#held;
    if (held === undefined) return;
    if (this.#out.demand && !this.#out.demand.hasRoom()) {
      this.#frame = this.#await();
      return;
    }
    this.#held = undefined;
    this.#out.next(held.value, held.governed);
    if (this.#completed) this.#out.complete();
    else this.#gate.pass();
  }

  readonly #seen = (): void => {
    if (this.hasRoom()) this.#gate.pass();
  };
}
