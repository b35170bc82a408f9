import { type Observable, take } from 'rxjs';
import type { Stop } from './stopSignal.js';

/** Whether the process has been asked to end. */
export function wasStopped(stop: Observable<Stop>): boolean {
  let was = false;
  stop
    .pipe(take(1))
    .subscribe({ next: () => (was = true), error: () => undefined })
    .unsubscribe();
  return was;
}
