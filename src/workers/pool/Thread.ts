import type { FromWorker, ToWorker } from '../wire/messages.js';

/** A thread that runs a stage, of whichever platform. */
export interface Thread {
  /** @throws DataCloneError for what cannot be copied; nothing has been moved then */
  post(message: ToWorker, moved: readonly ArrayBuffer[]): void;
  /** Whether it keeps the process alive. At first it does. */
  keepAlive(does: boolean): void;
  /** Ends it, whatever it does. Nothing is heard of it afterwards. */
  terminate(): void;
}

/** How a thread came to its end. */
export interface Death {
  /** What nothing caught. */
  readonly error?: unknown;
  readonly exitCode?: number;
}

/** Hears of a thread. It never hears before it was opened. */
export interface ThreadListener {
  message(message: FromWorker): void;
  died(death: Death): void;
}

/** Starts a thread. */
export type OpenThread = (listener: ThreadListener) => Thread;
