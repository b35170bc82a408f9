import { Deadline } from '../../time/Deadline.js';
import type { Clock } from '../../time/Clock.js';

/** How long a peer has to read why it was refused, in ms. */
export const DEAF_MS = 30_000;

/**
 * Connections that were refused and whose streams are still there: an abrupt end would take the reason from a peer that is sending.
 * What they bring is discarded. A peer that does not close its side is dropped in the end.
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

  /** Its stream is gone. */
  delete(connection: C): void {
    this.#deadlines.get(connection)?.close();
    this.#deadlines.delete(connection);
  }

  /** Drops the oldest; `false`: there is none. */
  dropOldest(): boolean {
    const [oldest] = this.#deadlines.keys();
    if (oldest === undefined) return false;
    this.#abandon(oldest);
    return true;
  }

  /** The endpoint ends: its time is not measured any more. The streams see to it that a silent peer is dropped. */
  release(): void {
    for (const connection of this.#deadlines.keys()) this.delete(connection);
  }

  #abandon(connection: C): void {
    this.delete(connection);
    connection.abandon();
  }
}
