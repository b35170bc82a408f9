import { AsyncResource } from 'node:async_hooks';

/** The async context of the code that runs now, with what `AsyncLocalStorage` holds there. */
export function captureContext(): AsyncResource {
  return new AsyncResource('rxzmq');
}
