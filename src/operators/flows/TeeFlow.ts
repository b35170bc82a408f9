import { defer, Observable, Subscription } from 'rxjs';
import type { Delivery } from '../../demand/Delivery.js';
import type { Gate } from '../../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../../demand/overflow.js';
import { takeDelivery } from '../../demand/takeDelivery.js';
import type { Demand, Waiter } from '../../demand/types.js';
import { callerContext } from '../../basics/callerContext.js';
import { chain } from '../../rx/chain.js';
import type { Handlers } from '../../rx/operate.js';
import { Outlet } from '../../rx/Outlet.js';
import { Queue } from '../../basics/Queue.js';

/** A branch. */
export interface Branch<T> {
  /**
   * Its inputs, with the demand that each has announced: it may subscribe to its input several times, or later. The array is replaced,
   * not changed.
   */
  readonly feeds: readonly Outlet<T>[];
}

/** Emits each value to several branches, and to its consumer once all branches have accepted it. */
export class TeeFlow<T> implements Handlers<T> {
  readonly #of: string;
  readonly #out: Outlet<T>;
  readonly #gate: Gate;
  readonly #branches = new Set<Branch<T>>();
  /** The inputs of all branches: the array is replaced, not changed. */
  #feeds: readonly Outlet<T>[] = [];
  readonly #subscriptions = new Subscription();
  /** Values that the branches got, but that not all of them have accepted yet. */
  readonly #untaken = new Queue<T>();
  /** Whether these values were emitted in response to demand. */
  readonly #marks = new Queue<boolean>();
  readonly #deliveries = new Queue<Delivery | null>();
  readonly #context = callerContext();
  readonly #waiter: Waiter = { room: () => this.#context.runInAsyncScope(this.#room) };
  /** How many calls of `next` are running: what branches do meanwhile settles nothing. */
  #feeding = 0;
  #completed = false;

  /** @param of the name of the operator */
  constructor(of: string, out: Outlet<T>, gate: Gate) {
    this.#of = of;
    this.#out = out;
    this.#gate = gate;
  }

  /**
   * Subscribes to a branch: `build` creates its output from its input.
   *
   * @param ended called when it has completed
   */
  branch(build: (feed: Observable<T>) => Observable<unknown>, ended?: () => void): Branch<T> {
    const branch: { feeds: readonly Outlet<T>[] } = { feeds: [] };
    const feed: Observable<T> = new Observable((subscriber) => {
      const outlet = Outlet.of(subscriber, feed);
      branch.feeds = [...branch.feeds, outlet];
      this.#changed();
      if (this.#completed) outlet.complete();
      return () => {
        branch.feeds = branch.feeds.filter((other) => other !== outlet);
        this.#changed();
        this.#settle(); // it may be the branch that was waited for
      };
    });
    const output = defer(() => build(feed)); // defer reports an exception of `build` to the observer
    const observer = {
      next: () => undefined,
      error: (error: unknown) => this.#out.error(error),
      complete: () => {
        this.#branches.delete(branch);
        this.#changed();
        ended?.();
        this.#settle();
      },
    };
    this.#branches.add(branch);
    output.subscribe(chain<unknown>(this.#subscriptions, observer, { announces: null }));
    return branch;
  }

  hasRoom(): boolean {
    if (this.#untaken.size > 0) return false;
    const full = this.#full();
    full?.wait(this.#waiter); // it may never have been ready, or have lost its place to another waiter
    return full === undefined;
  }

  next(value: T, governed: boolean): void {
    this.feed(value, governed, this.#feeds);
  }

  /** Emits a value to one branch, or to all; an input that is added meanwhile gets the next one. */
  feed(value: T, governed: boolean, feeds: readonly Outlet<T>[]): void {
    this.#untaken.push(value);
    this.#marks.push(governed);
    this.#deliveries.push(takeDelivery());
    this.#feeding += 1;
    for (const feed of feeds) feed.next(value, governed);
    this.#feeding -= 1;
    this.#settle();
    // a branch in which it waits has refused it before
    if (!governed && this.#untaken.size > 0) requireRoom({ of: this.#of }, this.#untaken.size - 1, MAX_BUFFERED);
  }

  complete(): void {
    this.#completed = true;
    for (const feed of this.#feeds) feed.complete();
    this.#settle();
  }

  finalize(): void {
    for (const { demand } of this.#feeds) demand?.leave(this.#waiter);
    this.#subscriptions.unsubscribe();
    this.#untaken.clear();
    this.#marks.clear();
    this.#deliveries.clear();
  }

  #changed(): void {
    this.#feeds = [...this.#branches].flatMap(({ feeds }) => feeds);
  }

  /** The demand of a branch that is not ready. */
  #full(): Demand | undefined {
    for (const { demand } of this.#feeds) if (demand?.hasRoom() === false) return demand;
    return undefined;
  }

  readonly #room = (): void => {
    this.#settle();
    for (const { demand } of this.#feeds) demand?.pass(); // others may wait for it, if this accepted nothing
  };

  #settle(): void {
    if (this.#feeding > 0 || this.#out.closed) return;
    const full = this.#full();
    if (full) {
      full.wait(this.#waiter);
      return;
    }
    while (this.#untaken.size > 0 && !this.#out.closed) {
      const delivery = this.#deliveries.shift() as Delivery | null;
      this.#out.next(this.#untaken.shift() as T, this.#marks.shift(), delivery);
      delivery?.done();
    }
    if (this.#completed && this.#branches.size === 0) this.#out.complete();
    else this.#gate.pass();
  }
}
