import type { NextObserver } from 'rxjs';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { notifier } from '../../rx/notifier.js';
import { warn } from '../../basics/warn.js';

/** Where statuses go: `next` is the only method called, so one `Subject` can hear several subscriptions. */
export type StatusObserver = NextObserver<SocketStatus> | ((status: SocketStatus) => void);

/** Tells the observer of an option; what it throws is warned of and harms nothing. */
export function statusReporter(observer: StatusObserver | undefined): (status: SocketStatus) => void {
  const notify = notifier(observer);
  if (notify === undefined) return () => undefined;
  return (status) => {
    try {
      notify(status);
    } catch (error) {
      warn(
        `the observer of option 'status' threw on '${status.kind}': ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  };
}
