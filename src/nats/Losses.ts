import type { Clock } from '../time/Clock.js';

/** The shortest time between two reports of losses, in ms. */
const EVERY_MS = 100;

/** Counts lost messages, and reports them from time to time. */
export class Losses {
  readonly #clock: Clock;
  readonly #tell: (count: number, reason: string) => void;
  readonly #counts = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, tell: (count: number, reason: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  add(count: number, reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
    // eslint-disable-next-line no-restricted-syntax -- reports what is known already
    this.#cancel ??= this.#clock.after(EVERY_MS, () => this.#flush());
  }

  /** Reports the remaining losses. */
  close(): void {
    this.#flush();
  }

  #flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const counts = [...this.#counts];
    this.#counts.clear();
    for (const [reason, count] of counts) this.#tell(count, reason);
  }
}
