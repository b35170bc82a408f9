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

/** One branch: what feeds it, with the demand that it announced. It may subscribe to its input several times, or later. */
export type Branch<T> = ReadonlySet<Outlet<T>>;

/** What goes to several branches, and on once they took it. */
export class TeeFlow<T> implements Handlers<T> {
  readonly #of: string;
  readonly #out: Outlet<T>;
  readonly #gate: Gate;
  readonly #branches = new Set<Branch<T>>();
  /** What feeds all of them: another array when they are others. */
  #feeds: readonly Outlet<T>[] = [];
  readonly #subscriptions = new Subscription();
  /** Fed to branches, and not taken by all of them yet. */
  readonly #untaken = new Queue<T>();
  /** Whether they were asked for. */
  readonly #marks = new Queue<boolean>();
  readonly #deliveries = new Queue<Delivery | null>();
  readonly #context = callerContext();
  readonly #waiter: Waiter = { room: () => this.#context.runInAsyncScope(this.#room) };
  /** Calls of `next` that are at it: what branches do meanwhile settles nothing. */
  #feeding = 0;
  #completed = false;

  /** @param of the name of the operator */
  constructor(of: string, out: Outlet<T>, gate: Gate) {
    this.#of = of;
    this.#out = out;
    this.#gate = gate;
  }

  /**
   * Subscribes to a branch: `build` makes its output of its input.
   *
   * @param ended called when it has completed
   */
  branch(build: (feed: Observable<T>) => Observable<unknown>, ended?: () => void): Branch<T> {
    const branch = new Set<Outlet<T>>();
    const feed: Observable<T> = new Observable((subscriber) => {
      const outlet = Outlet.of(subscriber, feed);
      branch.add(outlet);
      this.#changed();
      if (this.#completed) outlet.complete();
      return () => {
        branch.delete(outlet);
        this.#changed();
        this.#settle(); // it may have been the one that was waited for
      };
    });
    const output = defer(() => build(feed)); // which gives what `build` throws to the observer
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
    full?.wait(this.#waiter); // it may never have had room, or lost it to somebody else
    return full === undefined;
  }

  next(value: T, governed: boolean): void {
    this.feed(value, governed, this.#feeds);
  }

  /** Gives a value to a branch, or to all. */
  feed(value: T, governed: boolean, feeds: Iterable<Outlet<T>>): void {
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
    this.#feeds = [...this.#branches].flatMap((branch) => [...branch]);
  }

  /** The demand of a branch that has no room. */
  #full(): Demand | undefined {
    for (const { demand } of this.#feeds) if (demand?.hasRoom() === false) return demand;
    return undefined;
  }

  readonly #room = (): void => {
    this.#settle();
    for (const { demand } of this.#feeds) demand?.pass(); // whoever else waits there, if this took nothing
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
