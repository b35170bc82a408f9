import type { NextObserver } from 'rxjs';
import type { Demand } from '../../demand/types.js';
import type { WatchedSocket } from '../../driver/MisconfigurationWatch.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { notifier } from '../../rx/notifier.js';
import { watchMisconfiguration } from '#platform';
import { warn } from '../../basics/warn.js';

/** The receiver of statuses. Only `next` is called, so that one `Subject` can observe several subscriptions. */
export type StatusObserver = NextObserver<SocketStatus> | ((status: SocketStatus) => void);

/** Observers that have thrown: each causes one warning, as a faulty one would otherwise fill the log. */
const faulty = new WeakSet<StatusObserver>();

/**
 * Returns the function that reports to the observer of an option. The first exception that the observer throws is reported as a
 * warning, and none has another effect. Without an observer, a process warning names what will not mend itself, once.
 *
 * @param below the demand of the consumer of the pipeline
 */
export function statusReporter(
  observer: StatusObserver | undefined,
  socket?: WatchedSocket,
  below?: Demand,
): (status: SocketStatus) => void {
  const notify = notifier(observer, below);
  if (notify === undefined || observer === undefined) {
    return (socket && watchMisconfiguration(socket)) ?? (() => undefined);
  }
  return (status) => {
    try {
      notify(status);
    } catch (error) {
      if (faulty.has(observer)) return;
      faulty.add(observer);
      const text = error instanceof Error ? error.stack : String(error);
      warn(`the observer of option 'status' threw on '${status.kind}': ${text}`);
    }
  };
}
