// #region main
import { interval, map, take } from 'rxjs';
import { fromPull, pacedMap, toPush } from 'rxzmq';

// One end: a tone, sent as it is asked for. It may be another process, or another host.
interval(10)
  .pipe(
    take(100),
    map((n) => Float32Array.from({ length: 2048 }, (_, i) => Math.cos((n * 2048 + i) / 10))),
    toPush('tcp://127.0.0.1:*', {
      sampleRate: 48_000,
      status: (status) => status.kind === 'listening' && receive(status.endpoint),
    }),
  )
  .subscribe({ complete: () => console.log('all delivered') });

// The other end: it receives frames as fast as it processes them.
function receive(endpoint: string): void {
  fromPull(endpoint, { sampleType: 'cf32' })
    .pipe(
      pacedMap(async ({ samples, sequence }) => ({ sequence, peak: Math.max(...samples) })),
      take(100),
    )
    .subscribe(
      ({ sequence, peak }) => sequence % 25 === 0 && console.log(`frame ${sequence}: peak ${peak.toFixed(3)}`),
    );
}
// #endregion main
