/**
 * Matches the answers to ends of streams, which carry no number. A late answer must not be taken for the answer to the next
 * message.
 */
export class AckCount {
  /** How many answers are late, and may still arrive. */
  #owed = 0;
  /** One of them arrived during the present wait. */
  #cameLate = false;

  /** A wait begins. */
  begin(): void {
    this.#cameLate = false;
  }

  /** An answer has arrived. Returns whether it is the expected one. */
  arrived(): boolean {
    if (this.#owed === 0) return true;
    this.#owed -= 1;
    this.#cameLate = true;
    return false;
  }

  /**
   * The wait has timed out. If a late answer arrived meanwhile, that may have been the right one, and the one before it lost:
   * then no answer counts as late, as otherwise each answer from now on would be taken for that to the message before.
   */
  missed(): void {
    this.#owed = this.#cameLate ? 0 : this.#owed + 1;
  }

  /** The peer is gone, and its answers with it. */
  forget(): void {
    this.#owed = 0;
  }
}
