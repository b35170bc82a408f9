import { config } from 'rxjs';
import { afterEach, beforeEach } from 'vitest';

/** What RxJS tells that nobody handled: gives the errors of the running test. */
export function unhandledErrors(): () => readonly unknown[] {
  let errors: unknown[] = [];
  beforeEach(() => {
    errors = [];
    config.onUnhandledError = (error) => errors.push(error);
  });
  afterEach(async () => {
    await new Promise((told) => setTimeout(told, 1)); // RxJS tells of an error in a timer
    config.onUnhandledError = null;
  });
  return () => errors;
}
