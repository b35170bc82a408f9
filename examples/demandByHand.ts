// #region main
import { defer, mergeMap, take, timer } from 'rxjs';
import { demand, fromIterable, pacedMap } from 'rxzmq';

let read = 0;
function* disk() {
  while (true) yield (read += 1);
}

// The timer calls when no consumer is subscribing any more: the demand is found before it, and given by hand.
const recording = defer(() => {
  const below = demand();
  return timer(20).pipe(mergeMap(() => fromIterable(disk(), { demand: below })));
});

recording
  .pipe(
    pacedMap((block) => timer(5).pipe(mergeMap(() => [block]))),
    take(3),
  )
  .subscribe({
    next: (block) => console.log(`block ${block} played, ${read} read`),
    complete: () => console.log(`${read} read in all`),
  });
// #endregion main
