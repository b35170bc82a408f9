import { AsyncResource } from 'node:async_hooks';

/** The async context of the running code, with its `AsyncLocalStorage` values. */
export function captureContext(): AsyncResource {
  return new AsyncResource('rxzmq');
}
