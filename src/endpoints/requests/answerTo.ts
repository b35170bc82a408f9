import { aside } from '../../demand/aside.js';
import type { Demand } from '../../demand/types.js';
import type { RequestTimeoutError } from '../../errors.js';
import { reporting } from '../../rx/reporting.js';
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
  const tell = (make: () => unknown, to = emit): void => {
    let value: unknown;
    try {
      value = aside(below, make);
    } catch (error) {
      value = error;
      to = fail;
    }
    reporting(() => to(value));
  };
  const failed = (error: unknown): void => tell(() => error, fail);
  return {
    reply: (reply, request) => tell(() => (project ? project(reply, request) : reply)),
    timedOut: (error: RequestTimeoutError, request) => {
      if (typeof onTimeout === 'function') tell(() => onTimeout(request));
      else failed(error);
    },
    failed,
  };
}
