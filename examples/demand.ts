// #region main
import { take, timer } from 'rxjs';
import { fromIterable, fromPull, json, pacedMap, toPush } from 'rxzmq';

const codec = json<number>();
const few = { codec, highWaterMark: 10 };
let made = 0;
let done = 0;
let most = 0;

// A radio that could give a million at once.
function* radio() {
  while (made < 1e6) yield (made += 1);
}
fromIterable(radio()).pipe(toPush('inproc://radio', few)).subscribe();

// The relay, and a display that takes 2 ms for each: how far is the radio ahead of it?
fromPull('inproc://radio', few).pipe(toPush('inproc://display', few)).subscribe();

fromPull('inproc://display', few)
  .pipe(
    pacedMap((n) => timer(2, -1).pipe(take(n > 0 ? 1 : 0))),
    take(200),
  )
  .subscribe({
    next: () => (most = Math.max(most, made - (done += 1))),
    complete: () => console.log(`200 shown, never more than 100 on their way: ${most <= 100}, ${most}`),
  });
// #endregion main
