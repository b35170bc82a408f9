import type { TurnBudget } from '../../time/TurnBudget.js';

/** So much one connection reads in a turn when others read as well: the system would let the first of them go on for long. */
const SHARE_BYTES = 256 * 1024;
/** Who has read so much in a turn looks at the time. */
const BUSY_BYTES = 4096;

/** What a connection may read in a turn of the event loop, and what it read when the time of a turn was spent. */
export class ReadingBudget {
  readonly #turn: TurnBudget;
  readonly #rested: () => void;
  #received = 0;
  /** The last turn in which it read, and what had come before. */
  #turnId = -1;
  #receivedBefore = 0;
  /** What came when this turn of the event loop had had its time. */
  #held: Uint8Array[] | undefined;
  /** It waits for the next turn. */
  isResting = false;

  /** @param rested called when a rest is over */
  constructor(turn: TurnBudget, rested: () => void) {
    this.#turn = turn;
    this.#rested = rested;
  }

  /** Whether something was held, which comes first. */
  get holds(): boolean {
    return this.#held !== undefined;
  }

  /** So many bytes are being used. */
  count(bytes: number): void {
    this.#received += bytes;
  }

  /** Whether so many bytes must wait: for those before them, or for time. */
  mustHold(bytes: number): boolean {
    return this.#held !== undefined || (bytes >= BUSY_BYTES && this.#turn.spent);
  }

  hold(chunk: Uint8Array): void {
    (this.#held ??= []).push(chunk);
    this.rest();
  }

  /** What was held; nothing is from then on. */
  takeHeld(): readonly Uint8Array[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    return held;
  }

  /** Calls `rested` when there is time again. */
  rest(): void {
    if (this.isResting) return;
    this.isResting = true;
    this.#turn.wait(() => {
      this.isResting = false;
      this.#rested();
    });
  }

  /** Whether it takes time, with messages or with what is done with at once, a storm of commands, and there is no more in this turn. */
  isSpent(messages: number): boolean {
    return (messages > 0 || this.#received - this.#receivedBefore >= BUSY_BYTES) && this.#turn.spent;
  }

  /** Whether it has had its share of this turn. To be asked after each use. */
  hasHadItsShare(): boolean {
    const turn = this.#turn;
    if (turn.id !== this.#turnId) {
      turn.join();
      this.#turnId = turn.id;
      this.#receivedBefore = this.#received;
      return false;
    }
    return turn.shared && this.#received - this.#receivedBefore >= SHARE_BYTES;
  }
}
