// #region main
import { map, type Observable, timer } from 'rxjs';
import { fromIterable, pacedMap, teeBy } from 'rxzmq';

interface Reading {
  readonly radio: string;
  readonly level: number;
}

const readings: readonly Reading[] = [
  { radio: 'north', level: 3 },
  { radio: 'south', level: 7 },
  { radio: 'north', level: 5 },
];

// A sink of its own for each radio: here a slow one, it may as well be toPush(`tcp://archive:${port(radio)}`).
const archive = (radio: string) => (levels: Observable<Reading>) =>
  levels.pipe(pacedMap(({ level }) => timer(5).pipe(map(() => console.log(`${radio} ${level}`)))));

fromIterable(readings)
  .pipe(teeBy(({ radio }) => radio, archive))
  .subscribe({ complete: () => console.log('all are in the archive') });
// #endregion main
