import { concatMap, defer, interval, range, type Observable, type TimestampProvider } from 'rxjs';

/**
 * Emits block numbers as fast as real time makes them due. Timers are late and coarse, so each tick asks how many
 * blocks are due by now; after a long pause it skips what is more than `mostBehind` blocks old.
 */
export function paced(
  blocksPerSecond: number,
  mostBehind: number,
  clock: TimestampProvider = performance,
): Observable<number> {
  return defer(() => {
    const start = clock.now();
    let next = 0;
    return interval(1000 / blocksPerSecond).pipe(
      concatMap(() => {
        const due = Math.floor(((clock.now() - start) * blocksPerSecond) / 1000);
        const first = Math.max(next, due - mostBehind);
        next = Math.max(next, due);
        return range(first, next - first);
      }),
    );
  });
}
