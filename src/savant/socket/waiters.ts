/** Ends a wait. */
export interface WaitOptions {
  /** Ends the wait when it aborts, with the signal's reason as the error. */
  readonly signal?: AbortSignal | undefined;
}

import { onAbort } from '../../basics/onAbort.js';

/** A promise that other code settles, and that a signal can reject. */
export interface Waiter<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A queue of waiters, in the order of their calls. A signal removes a waiter and rejects it with its reason. */
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

/** The waiter that has waited longest. */
export function firstOf<T>(waiters: Set<Waiter<T>>): Waiter<T> | undefined {
  const [first] = waiters;
  return first;
}
