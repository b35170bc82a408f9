import type { Clock } from './Clock.js';

/** How long one turn of the event loop may process frames, in ms, before it yields to timers and I/O. */
const BUDGET_MS = 4;
/** After this many calls in a row within this time, in ms, only one call in eight reads the clock. */
const FAST_IN_A_ROW = 16;
const FAST_MS = 0.02;
const SKIPPED = 7;

/**
 * The time budget of each turn of the event loop, shared by all sockets of a clock. Budgets per socket would add up: twenty busy
 * peers made a 1 ms timer wait for 620 ms.
 */
export class TurnBudget {
  readonly #clock: Clock;
  /** Counts the turns in which the budget was used. */
  id = 0;
  #startedAt = -1;
  /** Reading the clock costs as much as passing on a small frame. */
  #readAt = 0;
  #fast = 0;
  #skip = 0;
  #skipped = 0;
  #waiting: (() => void)[] = [];
  /** How often a reader has had to wait. */
  waits = 0;
  #readers = 0;
  /** Several readers share the turns: none has a turn for itself. */
  shared = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the time of this turn is used up. The first call begins the turn. */
  get spent(): boolean {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return false;
    }
    const now = this.#clock.realMs();
    if (this.#startedAt >= 0) {
      if (now - this.#startedAt >= BUDGET_MS) return true;
      this.#fast = now - this.#readAt < FAST_MS * (this.#skipped + 1) ? this.#fast + 1 : 0;
      this.#skipped = this.#skip = this.#fast >= FAST_IN_A_ROW ? SKIPPED : 0;
      this.#readAt = now;
      return false;
    }
    this.#open(now);
    return false;
  }

  /** A reader reads for the first time in this turn. Begins the turn. */
  join(): void {
    if (this.#startedAt < 0) this.#open(this.#clock.realMs());
    this.#readers += 1;
    if (this.#readers > 1) this.shared = true;
  }

  /** Whether a reader waits to go on. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Calls back in a later turn, in the order of the calls. */
  wait(resume: () => void): void {
    this.waits += 1;
    this.#waiting.push(resume);
  }

  #open(now: number): void {
    this.#startedAt = now;
    this.#readAt = now;
    this.#clock.soon(this.#next);
  }

  readonly #next = (): void => {
    this.#startedAt = -1;
    this.#skip = this.#skipped = 0;
    this.id += 1;
    this.shared = this.#readers > 1;
    this.#readers = 0;
    const batch = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < batch.length; i += 1) {
      if (i > 0 && this.spent) {
        this.#waiting.unshift(...batch.slice(i)); // ahead of those that have just had a turn
        return;
      }
      batch[i]?.();
    }
  };
}

const turns = new WeakMap<Clock, TurnBudget>();

/** The budget that all sockets of this clock share. */
export function turnBudgetOf(clock: Clock): TurnBudget {
  let turn = turns.get(clock);
  if (turn === undefined) turns.set(clock, (turn = new TurnBudget(clock)));
  return turn;
}
