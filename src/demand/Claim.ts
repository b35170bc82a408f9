import type { Demand, Waiter } from './types.js';

/**
 * The demand of a source whose values may be data or signals (of a notifier): until one of them has reached the consumer, the
 * source may emit one value in each stall. So a signal to stop gets through.
 */
export class Claim implements Demand {
  readonly #gate: Demand;
  /** One of its values has reached the consumer: the source emits data, and is held back like data. */
  #isData: boolean;
  /** How many values the consumer had received when this source emitted its one value in a stall. A further value may end the stall. */
  #spentAt = -1;

  constructor(gate: Demand) {
    this.#gate = gate;
    // once a signal has passed in a stall, short-lived sources would otherwise all pass, one after the other
    this.#isData = gate.given === true && !gate.hasRoom();
  }

  get ended(): boolean {
    return this.#gate.ended;
  }

  /** Whether it is known that the source emits data. */
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

  /** A value of its source was read; it may be emitted later. */
  spend(): void {
    if (this.#isData || this.#hasSpent || this.#gate.hasRoom()) return;
    this.#spentAt = this.#gate.taken ?? 0;
    this.#gate.given = true;
  }

  /** Emits a value, and detects whether it reaches the consumer. */
  give(notify: () => void): void {
    const { taken } = this.#gate;
    this.spend();
    notify();
    if (this.#gate.taken !== taken) this.#isData = true;
  }
}
