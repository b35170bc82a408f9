import { type Observable, type Subscriber, Subscription } from 'rxjs';
import type { Gate } from '../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../demand/overflow.js';
import { slot } from '../demand/slot.js';
import type { Demand, Waiter } from '../demand/types.js';
import { untracked } from '../demand/untracked.js';
import { chain } from './chain.js';
import type { Handlers } from './operate.js';
import { Outlet } from './Outlet.js';
import { Queue } from './Queue.js';

/** One subscription of `tee`. */
export class TeeFlow<T> implements Handlers<T> {
  readonly #out: Outlet<T>;
  readonly #gate: Gate;
  /** What feeds each live branch, with the demand that the branch announced. */
  readonly #branches = new Set<Outlet<T>>();
  readonly #subscriptions = new Subscription();
  /** Fed to all branches, and not taken by all of them yet. */
  readonly #untaken = new Queue<T>();
  readonly #waiter: Waiter = { room: () => this.#settle() };
  #live = 0;
  #completed = false;

  constructor(out: Outlet<T>, gate: Gate) {
    this.#out = out;
    this.#gate = gate;
  }

  /** Subscribes to a branch: `build` makes its output of the function that hears of its input's subscriber. */
  branch(build: (feed: (subscriber: Subscriber<T>) => () => void) => Observable<unknown>): void {
    this.#live += 1;
    const output = build((subscriber) => {
      const feed = new Outlet(subscriber, slot.current ?? undefined);
      this.#branches.add(feed);
      return () => void this.#branches.delete(feed);
    });
    const observer = chain<unknown>(this.#subscriptions, {
      next: () => undefined,
      error: (error) => this.#out.error(error),
      complete: () => {
        this.#live -= 1;
        this.#settle();
      },
    });
    untracked(() => output.subscribe(observer));
  }

  hasRoom(): boolean {
    return this.#untaken.size === 0 && this.#full() === undefined;
  }

  next(value: T, governed: boolean): void {
    if (!governed) requireRoom(this.#untaken.size, MAX_BUFFERED);
    this.#untaken.push(value);
    for (const feed of this.#branches) feed.next(value);
    this.#settle();
  }

  complete(): void {
    this.#completed = true;
    for (const feed of [...this.#branches]) feed.complete();
    this.#settle();
  }

  finalize(): void {
    this.#subscriptions.unsubscribe();
    for (const { demand } of this.#branches) demand?.leave(this.#waiter);
    this.#untaken.clear();
  }

  /** The demand of a branch that has no room. */
  #full(): Demand | undefined {
    for (const { demand } of this.#branches) if (demand && !demand.hasRoom()) return demand;
    return undefined;
  }

  #settle(): void {
    const full = this.#full();
    if (full && this.#live > 0) {
      full.wait(this.#waiter);
      return;
    }
    while (this.#untaken.size > 0 && !this.#out.closed) this.#out.next(this.#untaken.shift() as T);
    if (this.#completed && this.#live === 0) this.#out.complete();
    else this.#gate.pass();
  }
}
