// #region main
import { map, take, timer } from 'rxjs';
import { fromIterable, fromPull, json, pacedMap, toPush } from 'rxzmq';

const few = { codec: json<number>(), highWaterMark: 10 };
let [made, shown, most] = [0, 0, 0];

// A radio that could give all of it at once.
function* radio() {
  while (made < 300) yield (made += 1);
}
fromIterable(radio()).pipe(toPush('inproc://radio', few)).subscribe();

// The relay: RxJS as ever, between two sockets.
const doubled = map((value: number) => value * 2);
fromPull('inproc://radio', few).pipe(take(300), doubled, toPush('inproc://display', few)).subscribe();

// A display that takes a millisecond for each. How far is the radio ahead of it?
fromPull('inproc://display', few)
  .pipe(
    take(300),
    pacedMap((value) => timer(1).pipe(map(() => value))),
  )
  .subscribe({
    next: () => (most = Math.max(most, made - ++shown)),
    complete: () => console.log(`${shown} shown, never more than 100 on their way: ${most <= 100}`),
  });
// #endregion main
