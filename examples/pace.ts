// #region main
import { take, timeInterval, toArray } from 'rxjs';
import { frame, fromIterable, pace } from 'rxzmq';

let read = 0;

// A recording of 480 samples a frame at 48 kHz: 10 ms each.
function* recording() {
  for (;;) {
    read += 1;
    yield frame(new Float32Array(960), { sampleRate: 48_000 });
  }
}

fromIterable(recording())
  .pipe(pace({ speed: 2 }), take(21), timeInterval(), toArray())
  .subscribe((frames) => {
    const ms = frames.reduce((sum, { interval }) => sum + interval, 0);
    console.log(`${frames.length} frames, ${read} read, in at least 95 ms: ${ms >= 95}`);
  });
// #endregion main
