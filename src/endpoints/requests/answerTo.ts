import { aside } from '../../demand/aside.js';
import type { Demand } from '../../demand/types.js';
import type { RequestTimeoutError } from '../../errors.js';
import { reportError } from '../../rx/reportError.js';
import type { Requester } from './Requester.js';
import type { AnyRequestOptions } from './RequestOptions.js';

/**
 * Returns the requester of one request: `emit` gets its reply, projected, or the value that replaces it. What its consumer throws is
 * reported: the other requests of the socket must go on.
 *
 * @param below the demand of the consumer of the result
 */
export function answerTo(
  { project, onTimeout }: AnyRequestOptions,
  below: Demand | undefined,
  emit: (value: unknown) => void,
  fail: (error: unknown) => void,
): Requester {
  const told = (tell: (value: unknown) => void, value: unknown): void => {
    try {
      tell(value);
    } catch (error) {
      reportError(error);
    }
  };
  const guarded = (make: () => unknown): void => {
    let value: unknown;
    try {
      value = aside(below, make);
    } catch (error) {
      told(fail, error);
      return;
    }
    told(emit, value);
  };
  return {
    reply: (reply, request) => guarded(() => (project ? project(reply, request) : reply)),
    timedOut: (error: RequestTimeoutError, request) => {
      if (typeof onTimeout === 'function') guarded(() => onTimeout(request));
      else told(fail, error);
    },
    failed: (error) => told(fail, error),
  };
}
