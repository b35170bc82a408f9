/** One message on its way through a pipeline, until all that took it are done with it. */
export class Delivery {
  readonly #settle: () => void;
  #holders = 1; // its creator

  /** @param settle called once, when the last holder is done */
  constructor(settle: () => void) {
    this.#settle = settle;
  }

  /** Adds a holder, which calls `done` later. */
  hold(): this {
    this.#holders += 1;
    return this;
  }

  /** One holder is done with it. Each calls this once. */
  done(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.#settle();
  }

  /** The delivery of a value made of two messages: both are settled with it. */
  static join(one: Delivery | null, other: Delivery | null): Delivery | null {
    if (one === null || other === null) return one ?? other;
    return new Delivery(() => {
      one.done();
      other.done();
    });
  }
}
