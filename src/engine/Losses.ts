import type { Clock } from '../time/Clock.js';

/** They are told together, so often at the most, in ms. */
const TOLD_EVERY_MS = 100;

/** Messages that were dropped, by the reason, until that is told. */
export class Losses {
  readonly #clock: Clock;
  readonly #tell: (count: number, reason: string) => void;
  #counts = new Map<string, number>();
  #cancelTelling: (() => void) | undefined;

  constructor(clock: Clock, tell: (count: number, reason: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  add(count: number, reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  /** What comes until then is told with it. */
  tellSoon(): void {
    // eslint-disable-next-line no-restricted-syntax -- losses are told together
    this.#cancelTelling ??= this.#clock.after(TOLD_EVERY_MS, () => this.tell());
  }

  tell(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = undefined;
    const counts = this.#counts;
    this.#counts = new Map();
    for (const [reason, count] of counts) this.#tell(count, reason);
  }
}
