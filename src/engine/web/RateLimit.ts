/** Limits how much a peer may send in a second, by sending credit later. */
export class RateLimit {
  readonly #messagesPerMs: number;
  readonly #bytesPerMs: number;
  /** The time at which the rate covers everything granted so far, in ms. */
  #messagesAt = 0;
  #bytesAt = 0;

  constructor(messagesPerSecond: number, bytesPerSecond: number) {
    this.#messagesPerMs = messagesPerSecond / 1000;
    this.#bytesPerMs = bytesPerSecond / 1000;
  }

  /** How long to wait before more is granted, in ms. */
  waitMs(now: number): number {
    return Math.max(0, this.#messagesAt - now, this.#bytesAt - now);
  }

  granted(now: number, messages: number, bytes: number): void {
    this.#messagesAt = Math.max(now, this.#messagesAt) + messages / this.#messagesPerMs;
    this.#bytesAt = Math.max(now, this.#bytesAt) + bytes / this.#bytesPerMs;
  }
}
