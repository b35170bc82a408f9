// #region main
import { interval, map, take, timer } from 'rxjs';
import { bounded, pacedMap } from 'rxzmq';

// A sensor that does not wait, and a slow display.
const readings = interval(1).pipe(take(100));
const show = pacedMap((reading: number) => timer(50).pipe(map(() => reading)));

readings.pipe(bounded(3, 'drop-oldest'), show).subscribe({
  next: (reading) => {
    if (reading === 0 || reading > 96) console.log(`reading ${reading}`); // and some between, as time allows
  },
  complete: () => console.log('the newest three were kept'),
});
// #endregion main
