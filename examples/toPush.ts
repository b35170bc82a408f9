// #region main
import { map, range, take } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';

range(0, 3)
  .pipe(
    map((n) => new Float32Array(2048).fill(n / 4)),
    toPush('tcp://127.0.0.1:*', {
      sampleRate: 2.048e6,
      centerFreq: 100e6,
      status: (status) => {
        if (status.kind === 'listening') startWorker(status.endpoint); // with the port it got
      },
    }),
  )
  .subscribe({
    next: ({ sequence, numSamples }) => console.log(`frame ${sequence}: ${numSamples} samples sent`),
    complete: () => console.log('all of it is with the workers'),
  });

// In another program; frames wait until it connects.
function startWorker(endpoint: string) {
  fromPull(endpoint).pipe(take(3)).subscribe();
}
// #endregion main
