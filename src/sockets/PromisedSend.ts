import type { Parts } from '../basics/Parts.js';
import { onAbort } from '../basics/onAbort.js';
import type { PendingSend, Sender } from './Sender.js';

/** One `send` that is queued, until it is sent, fails, or its signal aborts. */
export class PromisedSend implements PendingSend {
  readonly isPatient = false;
  before: PendingSend | undefined;
  after: PendingSend | undefined;
  readonly settled: Promise<void>;
  readonly #forgetSignal: (() => void) | undefined;
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
    this.settled.catch(() => undefined); // a caller that ignores the Promise must not get an unhandled rejection
    this.#forgetSignal = signal && onAbort(signal, () => sender.withdraw(this, signal.reason));
  }

  sent(): void {
    this.#forgetSignal?.();
    this.#resolve();
  }

  failed(error: unknown): void {
    this.#forgetSignal?.();
    this.#reject(error);
  }
}
