import { type ResourceStreamItem, type Signal, signal } from '@angular/core';
import type { Observable } from 'rxjs';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { SocketError } from '../../errors.js';

/**
 * The newest value of a source, as the stream of a resource: it begins with the first value or error. A refused connection is an
 * error until the socket is connected after all.
 *
 * @param subscribe makes the source, with the observer for its statuses
 * @param initial the value while there is none
 * @param begins called before the first value or error is handed over, which takes some microtasks
 */
export function newest<T>(
  subscribe: (status: (status: SocketStatus) => void) => Observable<T>,
  initial: T,
  aborted: AbortSignal,
  begins: () => void,
): Promise<Signal<ResourceStreamItem<T>>> {
  return new Promise((resolve, reject) => {
    const item = signal<ResourceStreamItem<T>>({ value: initial });
    let value = initial;
    let isFirst = true;
    let isEmpty = true;
    let isRefused = false;
    const send = (next: ResourceStreamItem<T>): void => {
      if (aborted.aborted) return;
      if (isFirst) begins();
      isFirst = false;
      item.set(next);
      resolve(item);
    };
    const watch = (status: SocketStatus): void => {
      if (status.kind === 'handshakeFailed') {
        isRefused = true;
        send({ error: status.error ?? new SocketError('connect', status.endpoint, status.reason) });
      } else if (status.kind === 'connected' && isRefused) {
        isRefused = false;
        send({ value });
      }
    };
    try {
      const subscription = subscribe(watch).subscribe({
        next: (next) => {
          isEmpty = isRefused = false;
          value = next;
          send({ value });
        },
        error: (error: unknown) => send({ error: asError(error) }),
        complete: () => isEmpty && send({ error: new Error('subResource: the source completed without a value') }),
      });
      aborted.addEventListener('abort', () => subscription.unsubscribe(), { once: true });
    } catch (error) {
      reject(asError(error)); // a wrong endpoint or option
    }
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
