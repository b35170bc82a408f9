// #region main
import { fromEvent, map, timer } from 'rxjs';
import { latest, pacedMap } from 'rxzmq';

const tuner = new EventTarget();
const tune = (mhz: number) => tuner.dispatchEvent(new CustomEvent('tune', { detail: mhz }));

// A dial is turned faster than the receiver can follow: it goes where the dial is by then.
const subscription = fromEvent(tuner, 'tune')
  .pipe(
    map((event) => (event as CustomEvent<number>).detail),
    latest(),
    pacedMap((mhz) => timer(20).pipe(map(() => mhz))),
  )
  .subscribe((mhz) => {
    console.log(`received on ${mhz} MHz`);
    if (mhz === 103) subscription.unsubscribe();
  });

for (const mhz of [88, 95, 99, 101, 103]) tune(mhz);
// #endregion main
