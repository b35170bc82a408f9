import type { TurnBudget } from '../../time/TurnBudget.js';

/** How much a connection may read in a turn while others read as well: without it the first of them could read for a long time. */
const SHARE_BYTES = 256 * 1024;
/** A connection that has read this much in a turn checks the time. */
const BUSY_BYTES = 4096;

/** Limits what a connection reads in a turn of the event loop, and holds what it read after the time of the turn was spent. */
export class ReadingBudget {
  readonly #turn: TurnBudget;
  readonly #rested: () => void;
  #received = 0;
  /** The last turn in which it read, and the bytes received before that. */
  #turnId = -1;
  #receivedBefore = 0;
  /** Chunks that arrived after the time of the turn was spent. */
  #held: Uint8Array[] | undefined;
  /** The connection waits for the next turn. */
  isResting = false;

  /** @param rested called when the wait is over */
  constructor(turn: TurnBudget, rested: () => void) {
    this.#turn = turn;
    this.#rested = rested;
  }

  /** Whether it holds chunks, which must be processed first. */
  get holds(): boolean {
    return this.#held !== undefined;
  }

  /** Counts bytes that are processed now. */
  count(bytes: number): void {
    this.#received += bytes;
  }

  /** Whether a chunk of that size must wait: because earlier ones do, or because the turn has no time left. */
  mustHold(bytes: number): boolean {
    return this.#held !== undefined || (bytes >= BUSY_BYTES && this.#turn.spent);
  }

  hold(chunk: Uint8Array): void {
    (this.#held ??= []).push(chunk);
    this.rest();
  }

  /** Returns the held chunks, and holds none from then on. */
  takeHeld(): readonly Uint8Array[] {
    const held = this.#held ?? [];
    this.#held = undefined;
    return held;
  }

  /** Waits for the next turn, then calls `rested`. */
  rest(): void {
    if (this.isResting) return;
    this.isResting = true;
    this.#turn.wait(() => {
      this.isResting = false;
      this.#rested();
    });
  }

  /** Whether the connection costs time, by messages or by a storm of commands, and this turn has no time left. */
  isSpent(messages: number): boolean {
    return (messages > 0 || this.#received - this.#receivedBefore >= BUSY_BYTES) && this.#turn.spent;
  }

  /** Whether the connection has used its share of this turn. To be called after each chunk. */
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
