interface Received {
  readonly number: number;
  readonly from: number | undefined;
}

/** What came of what one sender has numbered from 0 up, and what was so far whenever the line was cut. */
export class History {
  /** The last number that was sent. */
  sent = -1;
  /** The highest that came. */
  highest = -1;
  /** Anything has come at all. */
  begun = false;
  readonly #received: Received[] = [];
  readonly #highestAtCuts: number[] = [];

  came(number: number, from: number | undefined): void {
    this.begun = true;
    if (number < 0) return;
    this.#received.push({ number, from });
    this.highest = Math.max(this.highest, number);
  }

  cut(): void {
    this.#highestAtCuts.push(this.highest);
  }

  /** How many never came. */
  get lost(): number {
    return this.sent + 1 - this.#received.length;
  }

  /**
   * What is wrong with it: a number that came twice, or after a later one of its own connection, or one that is missing though it
   * was not on its way at a cut.
   *
   * @param holesPerCut how many runs of missing numbers one cut may cause
   */
  faults(holesPerCut: number): readonly string[] {
    const faults: string[] = [];
    const seen = new Set<number>();
    const lastFrom = new Map<number | undefined, number>();
    for (const { number, from } of this.#received) {
      if (seen.has(number)) faults.push(`${number} came twice`);
      seen.add(number);
      if (from === undefined) continue;
      if (number < (lastFrom.get(from) ?? -1)) faults.push(`${number} came after ${lastFrom.get(from)}`);
      lastFrom.set(from, number);
    }
    const holes = this.#holes(seen);
    if (holes.length > this.#highestAtCuts.length * holesPerCut)
      faults.push(`${holes.length} holes by ${this.#highestAtCuts.length} cuts`);
    for (const first of holes) {
      // what came before the hole may have been on its way at the cut as well, what is in it must
      if (!this.#highestAtCuts.some((highest) => highest < first)) faults.push(`${first} is missing without a cut`);
    }
    return faults;
  }

  /** The first number of each run of missing ones. */
  #holes(seen: ReadonlySet<number>): readonly number[] {
    const holes: number[] = [];
    for (let number = 0; number <= this.sent; number += 1) {
      if (!seen.has(number) && (number === 0 || seen.has(number - 1))) holes.push(number);
    }
    return holes;
  }
}
