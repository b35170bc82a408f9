import { aside } from '../../demand/aside.js';
import type { Demand } from '../../demand/types.js';
import type { RequestTimeoutError } from '../../errors.js';
import type { Requester } from './Requester.js';
import type { AnyRequestOptions } from './RequestOptions.js';

/**
 * Returns the requester of one request: `emit` gets its reply, projected, or the value that replaces it.
 *
 * @param below the demand of the consumer of the result
 */
export function answerTo(
  { project, onTimeout }: AnyRequestOptions,
  below: Demand | undefined,
  emit: (value: unknown) => void,
  fail: (error: unknown) => void,
): Requester {
  const guarded = (make: () => unknown): void => {
    let value: unknown;
    try {
      value = aside(below, make);
    } catch (error) {
      fail(error);
      return;
    }
    emit(value);
  };
  return {
    reply: (reply, request) => guarded(() => (project ? project(reply, request) : reply)),
    timedOut: (error: RequestTimeoutError, request) => {
      if (typeof onTimeout === 'function') guarded(() => onTimeout(request));
      else fail(error);
    },
    failed: fail,
  };
}
