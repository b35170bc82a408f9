import type { Parts } from '../basics/Parts.js';
import type { PendingSend, Sender } from './Sender.js';

/** One `send` that has to wait, until it is sent, fails, or its signal aborts. */
export class PromisedSend implements PendingSend {
  readonly isPatient = false;
  readonly settled: Promise<void>;
  readonly #signal: AbortSignal | undefined;
  readonly #abort: (() => void) | undefined;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(
    readonly parts: Parts,
    sender: Sender,
    signal: AbortSignal | undefined,
  ) {
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.settled.catch(() => undefined); // whoever does not look misses nothing that ends a process
    this.#signal = signal;
    if (signal === undefined) return;
    this.#abort = () => sender.withdraw(this, signal.reason);
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  sent(): void {
    this.#forgetSignal();
    this.#resolve();
  }

  failed(error: unknown): void {
    this.#forgetSignal();
    this.#reject(error);
  }

  #forgetSignal(): void {
    if (this.#abort) this.#signal?.removeEventListener('abort', this.#abort);
  }
}
