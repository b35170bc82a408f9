/** Ends a wait. */
export interface WaitOptions {
  /** Ends it when it aborts, with the signal's reason as its error. */
  readonly signal?: AbortSignal | undefined;
}

import { onAbort } from '../../basics/onAbort.js';

/** A promise that somebody else settles, and that a signal can end. */
export interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Waits for something with others, in the order of asking. A signal takes a waiter out and rejects it with its reason. */
export function waitAmong<T>(waiters: Set<Waiter<T>>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted === true) throw signal.reason;
    const leave = (): void => {
      waiters.delete(waiter);
      forgetSignal?.();
    };
    const waiter: Waiter<T> = {
      resolve(value) {
        leave();
        resolve(value);
      },
      reject(error) {
        leave();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it may be a signal's reason
        reject(error);
      },
    };
    const forgetSignal = signal && onAbort(signal, () => waiter.reject(signal.reason));
    waiters.add(waiter);
  });
}

/** The one that has waited longest. */
export function firstOf<T>(waiters: Set<Waiter<T>>): Waiter<T> | undefined {
  const [first] = waiters;
  return first;
}
