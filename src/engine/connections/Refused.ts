import { Deadline } from '../../time/Deadline.js';
import type { Clock } from '../../time/Clock.js';

/** How long a peer has to read why it was refused, in ms. */
export const DEAF_MS = 30_000;

/**
 * Refused connections whose streams are still open: with an abrupt end a peer that is sending would not get the reason. Everything
 * that still arrives is discarded. A peer that does not close its side in time is dropped.
 */
export class Refused<C extends { abandon(): void }> {
  readonly #clock: Clock;
  readonly #deadlines = new Map<C, Deadline>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#deadlines.size;
  }

  add(connection: C): void {
    const deadline = new Deadline(this.#clock, () => this.#abandon(connection));
    this.#deadlines.set(connection, deadline);
    deadline.set(DEAF_MS);
  }

  /** The stream is gone. */
  delete(connection: C): void {
    this.#deadlines.get(connection)?.close();
    this.#deadlines.delete(connection);
  }

  /** Drops the oldest connection; `false`: there is none. */
  dropOldest(): boolean {
    const [oldest] = this.#deadlines.keys();
    if (oldest === undefined) return false;
    this.#abandon(oldest);
    return true;
  }

  /** The endpoint ends: no deadline runs any more. The streams themselves drop a silent peer. */
  release(): void {
    for (const connection of this.#deadlines.keys()) this.delete(connection);
  }

  #abandon(connection: C): void {
    this.delete(connection);
    connection.abandon();
  }
}
