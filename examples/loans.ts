// #region main
import { last, range, scan, take } from 'rxjs';
import { fromPull, pacedMap, toPush } from 'rxzmq';

fromPull('tcp://127.0.0.1:*', {
  bind: true,
  sampleType: 'cf32',
  loans: true, // 2 MiB each, and two or three buffers for all of them
  status: (status) => {
    if (status.kind === 'listening') send(status.endpoint);
  },
})
  .pipe(
    take(20),
    pacedMap(async ({ samples }) => {
      await Promise.resolve(); // the samples stand until this function is done
      return { peak: Math.max(samples[0]!, samples[1]!), head: samples.slice(0, 8) }; // what is kept is copied
    }),
    scan((peaks, { peak }) => [...peaks, peak], [] as number[]),
    last(),
  )
  .subscribe((peaks) => console.log(`peaks of ${peaks.length} frames, the highest ${Math.max(...peaks)}`));

// Elsewhere.
function send(endpoint: string) {
  const blocks = range(0, 20).pipe(scan((block) => block.map((value) => value + 1), new Float32Array(2 ** 19)));
  blocks.pipe(toPush(endpoint, { bind: false })).subscribe();
}
// #endregion main
