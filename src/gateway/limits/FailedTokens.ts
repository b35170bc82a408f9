import { createHash } from 'node:crypto';
import type { Clock } from '../../time/Clock.js';

const MINUTE_MS = 60_000;
/** Addresses of which failures are kept; the one whose first failure is oldest makes way. */
const MAX_ADDRESSES = 10_000;

/** What one address has failed with since its minute began: of each token a few bytes of its hash. */
interface Failures {
  readonly since: number;
  readonly tokens: Set<string>;
}

/** Which addresses try out tokens. The same wrong one again is no guess: a page whose token is over says it at each try. */
export class FailedTokens {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #byAddress = new Map<string, Failures>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  /** A token of that address was refused. */
  add(address: string, token: string): void {
    const failures = this.#present(address) ?? this.#begin(address);
    if (failures.tokens.size < this.#most)
      failures.tokens.add(createHash('sha256').update(token).digest('base64').slice(0, 12));
  }

  /** Whether that address has tried as many as it may, for now. */
  hasTooMany(address: string): boolean {
    return (this.#present(address)?.tokens.size ?? 0) >= this.#most;
  }

  #present(address: string): Failures | undefined {
    const failures = this.#byAddress.get(address);
    if (failures === undefined || this.#clock.now() - failures.since < MINUTE_MS) return failures;
    this.#byAddress.delete(address);
    return undefined;
  }

  #begin(address: string): Failures {
    if (this.#byAddress.size >= MAX_ADDRESSES) this.#byAddress.delete(this.#byAddress.keys().next().value!);
    const failures = { since: this.#clock.now(), tokens: new Set<string>() };
    this.#byAddress.set(address, failures);
    return failures;
  }
}
