/** So many numbers back it is known which have come; further back, a stream has begun again. A multiple of 32. */
export const WINDOW = 1024;

/** What a sequence number says of its frame: how many are missing before it, or what else is wrong with it. */
export type SequenceFault = 'missing' | 'repeated' | 'reordered' | 'restarted';

/** Which of the newest sequence numbers of one stream have come, a bit for each. */
export class SequenceWindow {
  readonly #seen = new Uint32Array(WINDOW / 32);
  #next = -1;

  /** The number that would follow; -1 before the first. */
  get next(): number {
    return this.#next;
  }

  /** Takes a number; `undefined` where it is the one that follows, or the first. Ask `next` before. */
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

  /** Goes on to a higher number: those it passes have not come. */
  #advance(sequence: number): void {
    const seen = this.#seen;
    const from = Math.max(this.#next, 0);
    if (sequence - from >= WINDOW) seen.fill(0);
    else for (let n = from; n < sequence; n += 1) seen[(n % WINDOW) >>> 5]! &= ~(1 << (n & 31));
    seen[(sequence % WINDOW) >>> 5]! |= 1 << (sequence & 31);
    this.#next = sequence + 1;
  }
}
