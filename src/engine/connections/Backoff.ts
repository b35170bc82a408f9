/** How long to wait before each try to connect: twice as long each time, give or take a quarter, so that peers do not come back all at once. */
export class Backoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #nextMs: number;

  constructor({ initialMs, maxMs }: { readonly initialMs: number; readonly maxMs: number }, random = Math.random) {
    this.#initialMs = initialMs;
    this.#maxMs = Math.max(initialMs, maxMs);
    this.#nextMs = initialMs;
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

  reset(): void {
    this.#nextMs = this.#initialMs;
  }

  #spread(ms: number): number {
    return Math.max(1, Math.round(ms * (0.75 + this.#random() / 2)));
  }
}
