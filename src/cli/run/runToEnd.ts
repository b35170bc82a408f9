import {
  defaultIfEmpty,
  filter,
  ignoreElements,
  lastValueFrom,
  map,
  merge,
  type Observable,
  switchMap,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Context } from './Context.js';
import { exitCodes } from './exitCodes.js';
import { Failure } from './Failure.js';

/** How long the rest may take to be sent or written after the first Ctrl-C. */
const DRAIN_MS = 30_000;
/** When it says that it still waits. */
const PATIENCE_MS = 1000;

/**
 * Runs something until it completes, and returns the exit code. Its source ends at the first Ctrl-C by itself (see `takeUntil`); the
 * second one ends it whatever is left, and so does half a minute.
 */
export function runToEnd(
  work: Observable<unknown>,
  { stop, output }: Pick<Context, 'stop' | 'output'>,
): Promise<number> {
  const ok: number = exitCodes.ok;
  const forced: number = exitCodes.forced;
  const once = stop.pipe(take(1));
  const done = work.pipe(ignoreElements(), defaultIfEmpty(ok));
  const again = stop.pipe(
    filter(({ times }) => times > 1),
    tap(() => output.error('ended at once: not everything was sent or written')),
    map(() => forced),
  );
  const patience = once.pipe(
    switchMap(() => timer(PATIENCE_MS)),
    tap(() => output.note('what is left is still being sent or written; Ctrl-C again ends at once')),
    ignoreElements(),
  );
  const overdue = once.pipe(
    switchMap(() => timer(DRAIN_MS)),
    switchMap(() => throwError(() => new Failure(`ended after ${DRAIN_MS / 1000} s: nobody took the rest`))),
  );
  return lastValueFrom(
    merge(done, again, patience, overdue).pipe(take(1), tap({ finalize: () => output.endProgress() })),
  );
}
