import { type Linked, LinkedQueue } from '../basics/LinkedQueue.js';
import type { Clock } from './Clock.js';
import { Deadline } from './Deadline.js';

/** What stands in a {@link DeadlineQueue}. */
export interface Timed<T> extends Linked<T> {
  /** When it was put there, by the clock. */
  since: number;
}

/** Any number of deadlines of one length, in the order in which they are set, with one timer. Each is judged as a {@link Deadline}. */
export class DeadlineQueue<T extends Timed<T>> {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #reached: (item: T) => void;
  readonly #deadline: Deadline;
  readonly #items = new LinkedQueue<T>();
  /** It will be looked whether the timer is still needed. */
  #isResting = false;

  constructor(clock: Clock, ms: number, reached: (item: T) => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#reached = reached;
    this.#deadline = new Deadline(clock, () => this.#judge());
  }

  /** It is reached once that time is over from now on, unless it is deleted before. */
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

  /** Those that were due when the loop began to look for I/O are reached; the next has a look of its own. */
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

  /** The timer stays for what is added in this turn, and keeps no process alive after it. */
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
