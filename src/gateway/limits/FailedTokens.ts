import { createHash } from 'node:crypto';
import type { Clock } from '../../time/Clock.js';

const MINUTE_MS = 60_000;
/** For how many addresses failures are kept; beyond that, the one whose first failure is oldest is forgotten. */
const MAX_ADDRESSES = 10_000;

/** The failures of one address since its minute began: a few bytes of the hash of each token. */
interface Failures {
  readonly since: number;
  readonly tokens: Set<string>;
}

/** Finds addresses that guess tokens. The same wrong token again does not count: a page with an expired token sends it at each try. */
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

  /** Whether that address has reached the limit of refused tokens for now. */
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
