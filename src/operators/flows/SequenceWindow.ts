/** How many numbers back it is known which have arrived; further back counts as a restart of the stream. A multiple of 32. */
export const WINDOW = 1024;

/** What a sequence number says about its frame: frames before it are missing, or how else it is wrong. */
export type SequenceFault = 'missing' | 'repeated' | 'reordered' | 'restarted';

/** Which of the newest sequence numbers of one stream have arrived, one bit for each. */
export class SequenceWindow {
  readonly #seen = new Uint32Array(WINDOW / 32);
  #next = -1;

  /** The number that would follow; -1 before the first. */
  get next(): number {
    return this.#next;
  }

  /** Takes a number; returns `undefined` if it follows the one before, or is the first. Read `next` before. */
  take(sequence: number): SequenceFault | undefined {
    const next = this.#next;
    if (sequence === next || next < 0) {
      this.#advance(sequence);
      return undefined;
    }
    if (sequence > next) {
      this.#advance(sequence);
      return 'missing';
    }
    if (sequence < next - WINDOW) {
      this.#seen.fill(0);
      this.#next = -1;
      this.#advance(sequence);
      return 'restarted';
    }
    const word = (sequence % WINDOW) >>> 5;
    const bit = 1 << (sequence & 31);
    if ((this.#seen[word]! & bit) !== 0) return 'repeated';
    this.#seen[word]! |= bit;
    return 'reordered';
  }

  /** Moves on to a higher number: the skipped numbers have not arrived. */
  #advance(sequence: number): void {
    const seen = this.#seen;
    const from = Math.max(this.#next, 0);
    if (sequence - from >= WINDOW) seen.fill(0);
    else for (let n = from; n < sequence; n += 1) seen[(n % WINDOW) >>> 5]! &= ~(1 << (n & 31));
    seen[(sequence % WINDOW) >>> 5]! |= 1 << (sequence & 31);
    this.#next = sequence + 1;
  }
}
