import type { Demand, Waiter } from './types.js';
import { run } from './run.js';

/** The demand that a consumer announces: its own room, joined with that of the consumer it feeds. */
export class Gate implements Demand {
  readonly #hasOwn: () => boolean;
  readonly #below: Demand | undefined;
  /** Made when somebody waits: most gates of inner streams come and go without. */
  #waiters: Set<Waiter> | undefined = undefined;
  #belowWaiter: Waiter | undefined = undefined;
  taken = 0;
  given = false;
  source: object | undefined = undefined;
  #ended = false;
  #held = 0;
  #passes = 0;

  /**
   * @param hasOwn whether the consumer itself has room
   * @param below what it found when it was subscribed
   */
  constructor(hasOwn: () => boolean, below: Demand | undefined) {
    this.#hasOwn = hasOwn;
    this.#below = below;
  }

  get ended(): boolean {
    return this.#ended;
  }

  hasRoom(): boolean {
    return this.#ended || (this.#hasOwn() && (this.#below === undefined || this.#below.hasRoom()));
  }

  wait(waiter: Waiter): void {
    this.#waiters ??= new Set();
    this.#waiters.add(waiter);
    this.#waitBelow();
  }

  leave(waiter: Waiter): void {
    this.#waiters?.delete(waiter);
  }

  pass(): void {
    if (this.#held > 0) {
      this.#passes += 1;
    } else if (!this.#waiters?.size || !(this.#ended || this.#hasOwn())) {
      this.#below?.pass(); // it is of no use here
    } else if (this.hasRoom()) {
      run(() => this.#wakeNext());
    } else {
      this.#waitBelow();
    }
  }

  /** The consumer is being called: nobody is told of room until it has returned. */
  hold(): void {
    this.taken += 1;
    this.#held += 1;
  }

  /** It has returned. */
  release(): void {
    this.#held -= 1;
    while (this.#held === 0 && this.#passes > 0) {
      this.#passes -= 1; // before it is told: that may call the consumer again
      this.pass();
    }
  }

  /** The consumer has ended: it is in nobody's way any more. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#belowWaiter) this.#below?.leave(this.#belowWaiter);
    if (this.#waiters === undefined) return;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) run(() => waiter.room());
  }

  /** Who is next is settled when its turn has come: until then others may have taken the room, or have left. */
  #wakeNext(): void {
    if (this.#held > 0 || !this.hasRoom()) {
      this.pass();
      return;
    }
    this.given = false;
    for (const waiter of this.#waiters ?? []) {
      this.#waiters?.delete(waiter);
      waiter.room();
      return;
    }
    this.#below?.pass();
  }

  #waitBelow(): void {
    if (!this.#below || this.#ended || this.#below.hasRoom()) return;
    this.#belowWaiter ??= { room: () => this.#wakeNext() };
    this.#below.wait(this.#belowWaiter);
  }
}
