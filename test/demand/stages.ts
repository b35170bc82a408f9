import { Observable, type OperatorFunction } from 'rxjs';
import { Queue } from '../../src/basics/Queue.js';
import type { Gate } from '../../src/demand/Gate.js';
import { isAwaited, run } from '../../src/demand/run.js';
import type { Demand, Waiter } from '../../src/demand/types.js';
import type { Clock } from '../../src/time/Clock.js';
import { operate } from '../../src/rx/operate.js';
import { Outlet } from '../../src/rx/Outlet.js';

/** A demand with as many places as a test gives it. */
export class Places implements Demand {
  readonly waiters = new Set<Waiter>();
  ended = false;
  left: number;

  constructor(left = 0) {
    this.left = left;
  }

  hasRoom(): boolean {
    return this.ended || this.left > 0;
  }

  wait(waiter: Waiter): void {
    this.waiters.add(waiter);
  }

  leave(waiter: Waiter): void {
    this.waiters.delete(waiter);
  }

  pass(): void {
    const [waiter] = this.waiters;
    if (!waiter || !this.hasRoom()) return;
    this.waiters.delete(waiter);
    run(() => waiter.room());
  }

  give(count = 1): void {
    this.left += count;
    for (let i = 0; i < count; i += 1) this.pass();
  }

  end(): void {
    this.ended = true;
    for (const _ of [...this.waiters]) this.pass();
  }
}

/** A consumer with as many places as a test gives it. It passes on whatever comes, and keeps count. */
export class Stage {
  readonly taken: unknown[] = [];
  /** Of those, what came though nobody had asked. */
  readonly ungoverned: unknown[] = [];
  places: number;
  readonly #gates = new Set<Gate>();

  constructor(places = 0) {
    this.places = places;
  }

  take<T>(): OperatorFunction<T, T> {
    return operate<T, T>((out, gate) => {
      this.#gates.add(gate);
      return {
        next: (value, governed) => {
          this.places -= 1;
          this.taken.push(value);
          if (!governed) this.ungoverned.push(value);
          out.next(value);
        },
        complete: () => out.complete(),
        hasRoom: () => this.places > 0,
        finalize: () => this.#gates.delete(gate),
      };
    });
  }

  give(count = 1): void {
    for (let i = 0; i < count; i += 1) {
      this.places += 1;
      for (const gate of this.#gates) gate.pass();
    }
  }
}

/** What a socket is to a source: it is read only when the demand of whoever subscribed has room. */
export class Inbox<T> {
  readonly read: T[] = [];
  /** Subscriptions, and how many of them are open. */
  subscribed = 0;
  open = 0;
  readonly values: Observable<T>;
  readonly #waiting = new Queue<T>();
  readonly #told = new Set<() => void>();
  #ended = false;

  constructor(...waiting: T[]) {
    for (const value of waiting) this.#waiting.push(value);
    this.values = new Observable((subscriber) => {
      const out = Outlet.of(subscriber, this.values);
      const { demand } = out;
      let busy = false;
      const waiter = {
        room: () => {
          busy = false;
          run(drain);
        },
      };
      const drain = (): void => {
        if (busy) return;
        busy = true;
        while (!out.closed && this.#waiting.size > 0) {
          if (demand && !demand.hasRoom()) return demand.wait(waiter);
          const value = this.#waiting.shift() as T;
          this.read.push(value);
          out.next(value);
          if (isAwaited()) return waiter.room(); // one at a time while others wait
        }
        busy = false;
        if (this.#ended) out.complete();
        demand?.pass();
      };
      const told = (): void => run(drain);
      this.subscribed += 1;
      this.open += 1;
      this.#told.add(told);
      subscriber.add(() => {
        this.open -= 1;
        this.#told.delete(told);
      });
      told();
    });
  }

  get left(): number {
    return this.#waiting.size;
  }

  push(...values: T[]): void {
    for (const value of values) this.#waiting.push(value);
    for (const told of this.#told) told();
  }

  /** Completes once it is empty. */
  end(): this {
    this.#ended = true;
    for (const told of this.#told) told();
    return this;
  }
}

/** The numbers from 0. */
export const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** What a subscriber was told, as text. */
export function heard(): {
  readonly told: string[];
  readonly observer: { next(value: unknown): void; error(error: unknown): void; complete(): void };
} {
  const told: string[] = [];
  return {
    told,
    observer: {
      next: (value) => void told.push(String(value)),
      error: (error) => void told.push(`error ${(error as Error).message}`),
      complete: () => void told.push('complete'),
    },
  };
}

/** A clock for what shares a turn of the event loop: no turn is ever spent. */
export const standing: { -readonly [K in keyof Clock]: Clock[K] } = {
  now: () => 0,
  realMs: () => 0,
  wallNs: () => 0n,
  after: () => () => undefined,
  soon: (callback) => void setImmediate(callback),
  afterIO: (callback) => void setImmediate(callback),
};

/** Lets all Promises go on that can. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
