import type { Clock } from '../time/Clock.js';

/** Losses are reported together, at most this often, in ms. */
const TOLD_EVERY_MS = 100;

/** Counts dropped messages by reason until they are reported. */
export class Losses {
  readonly #clock: Clock;
  readonly #tell: (count: number | undefined, reason: string) => void;
  #counts = new Map<string, number | undefined>();
  #cancelTelling: (() => void) | undefined;

  constructor(clock: Clock, tell: (count: number | undefined, reason: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** @param count `undefined`: unknown */
  add(count: number | undefined, reason: string): void {
    const before = this.#counts.has(reason) ? this.#counts.get(reason) : 0;
    this.#counts.set(reason, before === undefined || count === undefined ? undefined : before + count);
  }

  /** Reports soon, together with the losses until then. */
  tellSoon(): void {
    // eslint-disable-next-line no-restricted-syntax -- losses are reported together
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
