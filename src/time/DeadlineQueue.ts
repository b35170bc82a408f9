import { type Linked, LinkedQueue } from '../basics/LinkedQueue.js';
import type { Clock } from './Clock.js';
import { Deadline } from './Deadline.js';

/** An element of a {@link DeadlineQueue}. */
export interface Timed<T> extends Linked<T> {
  /** The time at which it was added. */
  since: number;
}

/** Any number of deadlines of one length, in the order in which they are set, with one timer. Each expires like a {@link Deadline}. */
export class DeadlineQueue<T extends Timed<T>> {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #reached: (item: T) => void;
  readonly #deadline: Deadline;
  readonly #items = new LinkedQueue<T>();
  /** A check whether the timer is still needed is scheduled. */
  #isResting = false;

  constructor(clock: Clock, ms: number, reached: (item: T) => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#reached = reached;
    this.#deadline = new Deadline(clock, () => this.#judge());
  }

  /** It expires after that time from now, unless it is deleted before. */
  add(item: T): void {
    this.#items.delete(item);
    item.since = this.#clock.now();
    this.#items.push(item);
    if (this.#items.size === 1) this.#deadline.set(this.#ms);
  }

  delete(item: T): void {
    if (this.#items.delete(item) && this.#items.size === 0) this.#rest();
  }

  close(): void {
    this.#items.clear();
    this.#deadline.close();
  }

  /** Those that were due when the loop began to poll for I/O expire; the next needs another poll. */
  #judge(): void {
    const { lookedAt } = this.#deadline;
    try {
      for (let { first } = this.#items; first && first.since + this.#ms <= lookedAt; { first } = this.#items) {
        this.#items.delete(first);
        this.#reached(first);
      }
    } finally {
      const { first } = this.#items;
      if (first && !this.#deadline.isSet) this.#deadline.set(this.#ms, first.since);
    }
  }

  /** The timer stays for elements that are added in this turn, and does not keep the process alive after it. */
  #rest(): void {
    this.#deadline.clear();
    if (this.#isResting) return;
    this.#isResting = true;
    this.#clock.soon(this.#rested);
  }

  readonly #rested = (): void => {
    this.#isResting = false;
    if (this.#items.size === 0) this.#deadline.close();
  };
}
