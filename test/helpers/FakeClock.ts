import type { Clock } from '../../src/time/Clock.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 0;
  #soon: (() => void)[] = [];
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now;

  readonly realMs = (): number => this.#now;

  readonly wallNs = (): bigint => BigInt(Math.round(this.#now * 1e6));

  readonly soon = (callback: () => void): void => void this.#soon.push(callback);

  readonly afterIO = this.soon;

  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Time goes by, in the middle of a turn: nothing is called. */
  spend(ms: number): void {
    this.#now += ms;
  }

  /** Time goes by, turn for turn. */
  advance(ms: number): void {
    for (let i = 0; i < ms; i += 1) {
      this.spend(1);
      this.turn();
    }
  }

  /** Timers that are set. */
  get timerCount(): number {
    return this.#timers.size;
  }

  /** Callbacks that wait for the next turn. */
  get soonCount(): number {
    return this.#soon.length;
  }

  /** The next turn of the event loop: calls the timers that are due, then what asked for the turn. */
  turn(): void {
    const due = [...this.#timers].filter(({ at }) => at <= this.#now);
    for (const timer of due) if (this.#timers.delete(timer)) timer.callback();
    const batch = this.#soon;
    this.#soon = [];
    for (const callback of batch) callback();
  }
}
