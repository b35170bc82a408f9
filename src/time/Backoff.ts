/** A connection that has lasted so long, or as long as the longest wait, was a good one. In ms. */
const GOOD_MS = 5000;

/**
 * How long to wait before each try to connect: twice as long each time, give or take a quarter, so that peers do not come back all
 * at once. A connection that ends soon after its handshake counts as a try: whatever ended it may do so again and again.
 */
export class Backoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #nextMs: number;
  /** The first wait after the next connection. */
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

  /** Where trying soon is of no use. */
  slowest(): number {
    return this.#spread(this.#maxMs);
  }

  /** A connection whose handshake was done has ended, so long after that. */
  ended(afterMs: number): void {
    const wasGood = afterMs >= Math.min(GOOD_MS, this.#maxMs);
    this.#nextMs = wasGood ? this.#initialMs : this.#firstMs;
    this.#firstMs = Math.min(this.#maxMs, this.#nextMs * 2);
  }

  #spread(ms: number): number {
    return Math.max(1, Math.round(ms * (0.75 + this.#random() / 2)));
  }
}
