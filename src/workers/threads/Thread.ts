import type { FromWorker, ToWorker } from '../wire/messages.js';

/** A thread that runs a stage, on any platform. */
export interface Thread {
  /** @throws DataCloneError if something cannot be copied; then nothing has been moved */
  post(message: ToWorker, moved: readonly ArrayBuffer[]): void;
  /** Sets whether it keeps the process alive. Initially it does. */
  keepAlive(does: boolean): void;
  /** Ends the thread at once, even if it is busy. Its listener is not called after that. */
  terminate(): void;
}

/** Why a thread has ended. */
export interface Death {
  /** The uncaught error. */
  readonly error?: unknown;
  readonly exitCode?: number;
}

/** The listener of a thread. It is never called before the thread has been opened. */
export interface ThreadListener {
  message(message: FromWorker): void;
  died(death: Death): void;
}

/** Starts a thread. */
export type OpenThread = (listener: ThreadListener) => Thread;
