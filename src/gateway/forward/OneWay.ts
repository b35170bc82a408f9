import type { Observable, Subscription } from 'rxjs';
import { warn } from '../../basics/warn.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { defaultClock } from '../../rx/defaultClock.js';
import { statusReporter, type StatusObserver } from '../../endpoints/status/statusReporter.js';
import type { Closeable } from './ForwardOptions.js';

/** Creates the pipeline of a forward. Both of its sockets report to `status`. */
export type Pipeline = (status: (status: SocketStatus) => void) => Observable<unknown>;

/** A source and a sink, one of them for pages. */
const SOCKETS = 2;

/** Forwards in one direction, from its construction on. */
export class OneWay implements Closeable {
  readonly #running: Subscription;
  readonly #gone: Promise<void>;
  #left = SOCKETS;
  #tellGone!: () => void;

  constructor(path: string, pipeline: Pipeline, status: StatusObserver | undefined) {
    const report = statusReporter(status, { of: 'forward', clock: defaultClock });
    this.#gone = new Promise((resolve) => (this.#tellGone = resolve));
    const flow = pipeline((told) => {
      report(told);
      if (told.kind === 'closed') this.#closed();
    });
    this.#running = flow.subscribe({ error: (error: unknown) => warnOfEnd(path, error) });
  }

  close(): Promise<void> {
    this.#running.unsubscribe();
    return this.#gone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #closed(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#tellGone();
  }
}

/** Logs a warning, as no caller waits for the end of a forward. */
export function warnOfEnd(path: string, error: unknown): void {
  warn(`the forward at ${path} has ended: ${error instanceof Error ? error.message : String(error)}`);
}
