import { defer, type Observable, type Subscriber, Subscription } from 'rxjs';
import type { Gate } from '../demand/Gate.js';
import { MAX_BUFFERED, requireRoom } from '../demand/overflow.js';
import { slot } from '../demand/slot.js';
import type { Demand, Waiter } from '../demand/types.js';
import { untracked } from '../demand/untracked.js';
import { callerContext } from './callerContext.js';
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
  readonly #context = callerContext();
  readonly #waiter: Waiter = { room: () => this.#context.runInAsyncScope(this.#room) };
  #live = 0;
  /** Calls of `next` that are at it: what branches do meanwhile settles nothing. */
  #feeding = 0;
  #completed = false;

  constructor(out: Outlet<T>, gate: Gate) {
    this.#out = out;
    this.#gate = gate;
  }

  /** Subscribes to a branch: `build` makes its output of the function that hears of its input's subscriber. */
  branch(build: (feed: (subscriber: Subscriber<T>) => () => void) => Observable<unknown>): void {
    this.#live += 1;
    const feeding = (subscriber: Subscriber<T>): (() => void) => {
      const feed = new Outlet(subscriber, slot.current ?? undefined);
      this.#branches.add(feed);
      return () => {
        this.#branches.delete(feed);
        this.#settle(); // it may have been the one that was waited for
      };
    };
    const output = defer(() => build(feeding)); // which gives what `build` throws to the observer
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
    if (this.#untaken.size > 0) return false;
    const full = this.#full();
    full?.wait(this.#waiter); // it may never have had room, or lost it to somebody else
    return full === undefined;
  }

  next(value: T, governed: boolean): void {
    if (!governed) requireRoom(this.#untaken.size, MAX_BUFFERED);
    this.#untaken.push(value);
    this.#feeding += 1;
    for (const feed of this.#branches) feed.next(value);
    this.#feeding -= 1;
    this.#settle();
  }

  complete(): void {
    this.#completed = true;
    for (const feed of [...this.#branches]) feed.complete();
    this.#settle();
  }

  finalize(): void {
    for (const { demand } of this.#branches) demand?.leave(this.#waiter);
    this.#subscriptions.unsubscribe();
    this.#untaken.clear();
  }

  /** The demand of a branch that has no room. */
  #full(): Demand | undefined {
    for (const { demand } of this.#branches) if (demand && !demand.hasRoom()) return demand;
    return undefined;
  }

  readonly #room = (): void => {
    this.#settle();
    for (const { demand } of this.#branches) demand?.pass(); // whoever else waits there, if this took nothing
  };

  #settle(): void {
    if (this.#feeding > 0 || this.#out.closed) return;
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
