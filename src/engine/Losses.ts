import type { Clock } from '../time/Clock.js';

/** They are told together, so often at the most, in ms. */
const TOLD_EVERY_MS = 100;

/** Messages that were dropped, by the reason, until that is told. */
export class Losses {
  readonly #clock: Clock;
  readonly #tell: (count: number | undefined, reason: string) => void;
  #counts = new Map<string, number | undefined>();
  #cancelTelling: (() => void) | undefined;

  constructor(clock: Clock, tell: (count: number | undefined, reason: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** @param count `undefined`: nobody knows how many */
  add(count: number | undefined, reason: string): void {
    const before = this.#counts.has(reason) ? this.#counts.get(reason) : 0;
    this.#counts.set(reason, before === undefined || count === undefined ? undefined : before + count);
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
