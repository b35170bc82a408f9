import type { NextObserver } from 'rxjs';
import type { Demand } from '../demand/types.js';
import type { SocketStatus } from './SocketStatus.js';
import { teller } from './teller.js';
import { warn } from './warn.js';

/** Where statuses go: `next` is the only method called, so one `Subject` can hear several subscriptions. */
export type StatusObserver = NextObserver<SocketStatus> | ((status: SocketStatus) => void);

/**
 * Tells the observer of an option; what it throws is warned of and harms nothing.
 *
 * @param below the demand of the consumer in whose pipeline it stands
 */
export function statusReporter(observer: StatusObserver | undefined, below?: Demand): (status: SocketStatus) => void {
  const tell = teller(observer, below);
  if (tell === undefined) return () => undefined;
  return (status) => {
    try {
      tell(status);
    } catch (error) {
      warn(
        `the observer of option 'status' threw on '${status.kind}': ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  };
}
