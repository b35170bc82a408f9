import type { Clock } from './Clock.js';

/** How long one turn of the event loop may go to frames, in ms, before timers and I/O are let in. */
const BUDGET_MS = 4;

/**
 * One time budget for each turn of the event loop, shared by all sockets of a clock. A budget per socket would add up:
 * twenty busy peers made a 1 ms timer wait for 620 ms.
 */
export class Turn {
  readonly #clock: Clock;
  /** Counts the turns in which time was asked for. */
  id = 0;
  #startedAt = -1;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this turn's time is used up. Asking opens the turn. */
  get spent(): boolean {
    const now = this.#clock.now();
    if (this.#startedAt >= 0) return now - this.#startedAt >= BUDGET_MS;
    this.#startedAt = now;
    this.#clock.soon(this.#next);
    return false;
  }

  /** Calls back in a later turn, in the order of asking. */
  wait(resume: () => void): void {
    this.#waiting.push(resume);
  }

  readonly #next = (): void => {
    this.#startedAt = -1;
    this.id += 1;
    const batch = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < batch.length; i += 1) {
      if (i > 0 && this.spent) {
        this.#waiting.unshift(...batch.slice(i)); // before those that have just had a turn
        return;
      }
      batch[i]?.();
    }
  };
}

const turns = new WeakMap<Clock, Turn>();

/** The turn that all sockets of this clock share. */
export function turnOf(clock: Clock): Turn {
  let turn = turns.get(clock);
  if (turn === undefined) turns.set(clock, (turn = new Turn(clock)));
  return turn;
}
