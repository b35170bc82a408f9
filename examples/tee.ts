// #region main
import { map, take, timer } from 'rxjs';
import { fromIterable, fromPull, json, pacedMap, tee, toPush } from 'rxzmq';

const codec = json<number>();
let [read, shown] = [0, 0];

// What is measured, without end.
function* levels() {
  for (;;) yield (read += 1) * 10;
}

// Two sinks: a recorder elsewhere, and a display here, which is the slower one.
const record = toPush<number>('inproc://recorder', { codec });
const display = pacedMap((level: number) => timer(10).pipe(map(() => (shown = level))));

const measuring = fromIterable(levels())
  .pipe(tee(record, display), take(3))
  .subscribe((level) => console.log(`both have ${level}: ${shown} is shown, ${read} read`));

measuring.add(fromPull('inproc://recorder', { codec }).subscribe()); // it ends with the measuring
// #endregion main
