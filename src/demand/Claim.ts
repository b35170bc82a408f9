import type { Demand, Waiter } from './types.js';

/**
 * What a source asks instead of the consumer it found, as long as nobody knows whether its values are data or signals: until
 * one of them has reached the consumer, it may give one in each stall. That is how a stop is heard.
 */
export class Claim implements Demand {
  readonly #gate: Demand;
  /** One of its values has reached the consumer: it is data, and held as data is. */
  #isData: boolean;
  /** How many values the consumer had got when this gave its one value in a stall. Another one that it gets may end the stall. */
  #spentAt = -1;

  constructor(gate: Demand) {
    this.#gate = gate;
    // in a stall in which a signal came through already, sources that come and go would come through one after the other
    this.#isData = gate.given === true && !gate.hasRoom();
  }

  get ended(): boolean {
    return this.#gate.ended;
  }

  /** Whether it is known that it gives data. */
  get isData(): boolean {
    return this.#isData;
  }

  get #hasSpent(): boolean {
    return this.#spentAt === (this.#gate.taken ?? 0);
  }

  hasRoom(): boolean {
    if (!this.#gate.hasRoom()) return !this.#isData && !this.#hasSpent;
    this.#spentAt = -1;
    this.#gate.given = false;
    return true;
  }

  wait(waiter: Waiter): void {
    this.#gate.wait(waiter);
  }

  leave(waiter: Waiter): void {
    this.#gate.leave(waiter);
  }

  pass(): void {
    this.#gate.pass();
  }

  /** A value of its source was read, which may come later. */
  spend(): void {
    if (this.#isData || this.#hasSpent || this.#gate.hasRoom()) return;
    this.#spentAt = this.#gate.taken ?? 0;
    this.#gate.given = true;
  }

  /** Gives a value, and learns whether it reaches the consumer. */
  give(notify: () => void): void {
    const { taken } = this.#gate;
    this.spend();
    notify();
    if (this.#gate.taken !== taken) this.#isData = true;
  }
}
