import type { NextObserver } from 'rxjs';
import type { Demand } from '../../demand/types.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { notifier } from '../../rx/notifier.js';
import { warn } from '../../basics/warn.js';

/** Where statuses go: `next` is the only method called, so one `Subject` can hear several subscriptions. */
export type StatusObserver = NextObserver<SocketStatus> | ((status: SocketStatus) => void);

/** Observers that have thrown: each is warned of once, or one with a fault would fill the log. */
const faulty = new WeakSet<StatusObserver>();

/**
 * Tells the observer of an option; the first exception it throws is reported as a warning, and none harms anything.
 *
 * @param below the demand of the consumer in whose pipeline it stands
 */
export function statusReporter(observer: StatusObserver | undefined, below?: Demand): (status: SocketStatus) => void {
  const notify = notifier(observer, below);
  if (notify === undefined || observer === undefined) return () => undefined;
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
