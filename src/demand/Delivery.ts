/** One message on its way through a pipeline, until everybody who took it is done with it. */
export class Delivery {
  readonly #settle: () => void;
  #holders = 1; // whoever made it

  /** @param settle called once, when the last holder is done */
  constructor(settle: () => void) {
    this.#settle = settle;
  }

  /** One more waits for it, who says `done` later. */
  hold(): this {
    this.#holders += 1;
    return this;
  }

  /** One of its holders has no more use for it. Said once by each. */
  done(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.#settle();
  }

  /** What is made of two messages: both are settled with it. */
  static join(one: Delivery | null, other: Delivery | null): Delivery | null {
    if (one === null || other === null) return one ?? other;
    return new Delivery(() => {
      one.done();
      other.done();
    });
  }
}
