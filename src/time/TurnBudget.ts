import type { Clock } from './Clock.js';

/** How long one turn of the event loop may go to frames, in ms, before timers and I/O are let in. */
const BUDGET_MS = 4;
/** After so many askings in a row that came faster than this, in ms, the clock is read for one in eight. */
const FAST_IN_A_ROW = 16;
const FAST_MS = 0.02;
const SKIPPED = 7;

/**
 * One time budget for each turn of the event loop, shared by all sockets of a clock. A budget per socket would add up:
 * twenty busy peers made a 1 ms timer wait for 620 ms.
 */
export class TurnBudget {
  readonly #clock: Clock;
  /** Counts the turns in which time was asked for. */
  id = 0;
  #startedAt = -1;
  /** Reading the clock costs as much as passing on a small frame. */
  #readAt = 0;
  #fast = 0;
  #skip = 0;
  #skipped = 0;
  #waiting: (() => void)[] = [];
  /** How often somebody has had to wait. */
  waits = 0;
  #readers = 0;
  /** Several read at the same time: none is to have a turn for itself. */
  shared = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this turn's time is used up. Asking opens the turn. */
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

  /** Somebody reads for the first time in this turn. Opens it. */
  join(): void {
    if (this.#startedAt < 0) this.#open(this.#clock.realMs());
    this.#readers += 1;
    if (this.#readers > 1) this.shared = true;
  }

  /** Whether somebody waits to go on. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Calls back in a later turn, in the order of asking. */
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
        this.#waiting.unshift(...batch.slice(i)); // before those that have just had a turn
        return;
      }
      batch[i]?.();
    }
  };
}

const turns = new WeakMap<Clock, TurnBudget>();

/** The turn that all sockets of this clock share. */
export function turnBudgetOf(clock: Clock): TurnBudget {
  let turn = turns.get(clock);
  if (turn === undefined) turns.set(clock, (turn = new TurnBudget(clock)));
  return turn;
}
