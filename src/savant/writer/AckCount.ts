/**
 * Which of the answers to ends of streams is for which: they carry no number. One that was waited for in vain may still come, and
 * must not be taken for the answer to the next.
 */
export class AckCount {
  /** Answers that may still come though nobody waits for them any more. */
  #owed = 0;
  /** One of them came during the wait that is on. */
  #cameLate = false;

  /** A wait begins. */
  begin(): void {
    this.#cameLate = false;
  }

  /** An answer is here. Whether it is the one that is waited for. */
  arrived(): boolean {
    if (this.#owed === 0) return true;
    this.#owed -= 1;
    this.#cameLate = true;
    return false;
  }

  /**
   * The wait was in vain. Where a late answer came meanwhile, that may as well have been the right one, and the one before lost:
   * then nothing is owed, or each answer from now on would be taken for that to the message before.
   */
  missed(): void {
    this.#owed = this.#cameLate ? 0 : this.#owed + 1;
  }

  /** The peer is gone, and with it what it might have said. */
  forget(): void {
    this.#owed = 0;
  }
}
