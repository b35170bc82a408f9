/** A connection that has lasted this long, or as long as the longest delay, was successful. In ms. */
const GOOD_MS = 5000;

/**
 * The delay before each try to connect: twice as long each time, plus or minus a quarter, so that peers do not reconnect all at
 * once. A connection that ends soon after its handshake counts as a failed try, as it may end in the same way again and again.
 */
export class Backoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #nextMs: number;
  /** The first delay after the next connection. */
  #firstMs: number;

  constructor({ initialMs, maxMs }: { readonly initialMs: number; readonly maxMs: number }, random = Math.random) {
    this.#initialMs = initialMs;
    this.#maxMs = Math.max(initialMs, maxMs);
    this.#nextMs = initialMs;
    this.#firstMs = initialMs;
    this.#random = random;
  }

  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(this.#maxMs, ms * 2);
    return this.#spread(ms);
  }

  /** Goes to the longest delay, as an early retry is useless. */
  slowest(): number {
    return this.#spread(this.#maxMs);
  }

  /** A connection has ended, this long after its handshake was done. */
  ended(afterMs: number): void {
    const wasGood = afterMs >= Math.min(GOOD_MS, this.#maxMs);
    this.#nextMs = wasGood ? this.#initialMs : this.#firstMs;
    this.#firstMs = Math.min(this.#maxMs, this.#nextMs * 2);
  }

  #spread(ms: number): number {
    return Math.max(1, Math.round(ms * (0.75 + this.#random() / 2)));
  }
}
