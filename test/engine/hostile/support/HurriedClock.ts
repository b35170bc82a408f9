import type { Clock } from '../../../../src/time/Clock.js';
import { defaultClock } from '../../../../src/rx/defaultClock.js';

interface Timer {
  readonly ms: number;
  readonly due: () => void;
}

/** The real clock, but that timers which would take long can be had at once. */
export class HurriedClock implements Clock {
  readonly #timers = new Set<Timer>();

  /** How much time was not waited for. */
  #hurriedMs = 0;

  readonly now = (): number => defaultClock.now() + this.#hurriedMs;
  readonly realMs = defaultClock.realMs;
  readonly wallNs = defaultClock.wallNs;
  readonly soon = defaultClock.soon;
  readonly afterIO = (callback: () => void): void => callback(); // a timer that is had at once waits for no loop

  readonly after = (ms: number, callback: () => void): (() => void) => {
    const timer = { ms, due: () => void (this.#timers.delete(timer) && callback()) };
    this.#timers.add(timer);
    const cancel = defaultClock.after(ms, timer.due);
    return () => {
      this.#timers.delete(timer);
      cancel();
    };
  };

  /** How many timers run. */
  get size(): number {
    return this.#timers.size;
  }

  /** How many timers of so many ms run. */
  running(ms: number): number {
    return [...this.#timers].filter((timer) => timer.ms === ms).length;
  }

  /** Timers of so many ms are due now. Gives how many there were. */
  hurry(ms: number): number {
    const due = [...this.#timers].filter((timer) => timer.ms === ms);
    this.#hurriedMs += ms;
    for (const timer of due) timer.due();
    return due.length;
  }
}
