import { isAwaited, run } from '../demand/run.js';
import { callerContext } from '../basics/callerContext.js';
import type { Clock } from '../time/Clock.js';
import { type Iterated, iteratorOf } from './iteratorOf.js';
import type { Outlet } from './Outlet.js';
import { turnBudgetOf } from '../time/TurnBudget.js';
import { requireRealTime } from '../time/VirtualTime.js';

/** Reads an iterable, plain or async, for one subscription: one value at a time, and only when the consumer is ready. */
export class IterableReader<T> {
  readonly #out: Outlet<T>;
  readonly #turn;
  readonly #context = callerContext();
  readonly #iterator: Iterated<T> | undefined;
  readonly #waiter = { room: () => this.#resume() };
  /** Reading, or waiting: for demand, for the next turn, or for a Promise. */
  #busy = false;
  #done = false;
  /** A call of `next` is running. */
  #stepping = false;
  /** The Promise of a `next` is pending. */
  #pending = false;

  constructor(iterable: Iterable<T> | AsyncIterable<T>, out: Outlet<T>, clock: Clock) {
    this.#out = out;
    this.#turn = turnBudgetOf(clock);
    try {
      if (!(Symbol.iterator in Object(iterable))) requireRealTime('fromIterable: an async iterable');
      this.#iterator = iteratorOf(iterable);
    } catch (error) {
      this.#done = true;
      out.error(error);
    }
  }

  start(): void {
    run(this.#read);
  }

  /** Ends the iterable. */
  close(): void {
    if (this.#done) return;
    this.#done = true;
    this.#out.demand?.leave(this.#waiter);
    if (!this.#stepping) this.#return(); // a running generator cannot be ended
  }

  #return(): void {
    try {
      const iterator = this.#iterator;
      const returned = this.#pending && iterator?.abort ? iterator.abort() : iterator?.return?.();
      if (isPromise(returned)) returned.then(undefined, () => undefined); // there is no subscriber for the error
    } catch {
      // likewise
    }
  }

  #resume(): void {
    this.#busy = false;
    run(this.#read);
  }

  readonly #read = (): void => {
    if (this.#busy) return;
    this.#busy = true;
    this.#context.runInAsyncScope(this.#readAll);
  };

  readonly #readAll = (): void => {
    const { demand } = this.#out;
    while (!this.#done && !this.#out.closed) {
      if (this.#turn.spent) {
        this.#turn.wait(this.#waiter.room);
        return;
      }
      if (demand && !demand.hasRoom()) {
        demand.wait(this.#waiter);
        return;
      }
      if (!this.#step()) {
        demand?.pass(); // a Promise may take long: other sources must not wait for it
        return;
      }
      if (isAwaited()) {
        this.#resume();
        return;
      }
    }
    demand?.pass();
  };

  /** Whether the next value was available at once. */
  #step(): boolean {
    let result: IteratorResult<T> | PromiseLike<IteratorResult<T>> | undefined;
    this.#stepping = true;
    try {
      result = this.#iterator?.next();
    } catch (error) {
      this.#fail(error);
      return true;
    } finally {
      this.#stepping = false;
    }
    if (this.#done) this.#return(); // it has ended its own subscription
    if (!isPromise(result)) {
      this.#take(result);
      return true;
    }
    this.#pending = true;
    this.#out.spend();
    result.then(
      (settled) =>
        run(() => {
          this.#pending = false;
          this.#take(settled);
          this.#resume();
        }),
      (error: unknown) =>
        run(() => {
          this.#pending = false;
          this.#fail(error);
          this.#resume(); // to pass its turn on
        }),
    );
    return false;
  }

  #take(result: IteratorResult<T> | undefined): void {
    if (this.#done) return;
    if (result?.done === false || (result && !result.done)) {
      this.#out.next(result.value);
    } else {
      this.#done = true;
      this.#out.complete();
    }
  }

  #fail(error: unknown): void {
    if (this.#done) return;
    this.#done = true;
    this.#out.error(error);
  }
}

function isPromise<T>(value: unknown): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
