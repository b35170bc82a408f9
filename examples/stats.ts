// #region main
import { map, range, take, tap } from 'rxjs';
import { frame, fromPull, stats, tee, toPush } from 'rxzmq';

// In another program: a radio.
const radio = range(0, 300).pipe(map(() => frame(new Float32Array(2048), { sampleRate: 1e6 })));
radio.pipe(toPush('inproc://radio')).subscribe();

// Here: beside the way that frames go, a branch that measures them. The last interval ends with the stream.
fromPull('inproc://radio')
  .pipe(
    take(300),
    tee((branch) =>
      branch.pipe(
        stats({ everyMs: 60_000 }),
        tap(({ frames, samples, missing, latencyMs, framesPerSecond }) => {
          console.log(`${frames} frames of ${samples / frames} samples, ${missing} missing`);
          console.log(`more than one a second: ${framesPerSecond > 1}`);
          if (latencyMs) console.log(`most of them newer than a minute: ${latencyMs.p90 < 60_000}`);
        }),
      ),
    ),
  )
  .subscribe({ complete: () => console.log('done') });
// #endregion main
