import {
  combineLatest,
  filter,
  type MonoTypeOperatorFunction,
  type Observable,
  scan,
  startWith,
  takeUntil,
} from 'rxjs';
import type { SocketStatus } from '../../index.js';
import type { Stop } from './stopSignal.js';

/** Ends at once, when the process is asked to, while no peer is there: what nobody took cannot be lost. */
export function endIfAlone<T>(statuses: Observable<SocketStatus>, stop: Observable<Stop>): MonoTypeOperatorFunction<T> {
  const peers = statuses.pipe(
    scan((count, { kind }) => (kind === 'connected' ? count + 1 : kind === 'disconnected' ? count - 1 : count), 0),
    startWith(0),
  );
  return takeUntil(combineLatest([peers, stop]).pipe(filter(([count]) => count === 0)));
}
