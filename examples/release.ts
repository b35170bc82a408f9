// #region main
import { last, map, range, take } from 'rxjs';
import { fromPull, release, toPush } from 'rxzmq';

fromPull('tcp://127.0.0.1:*', {
  bind: true,
  sampleType: 'ci16',
  status: (status) => {
    if (status.kind === 'listening') send(status.endpoint);
  },
})
  .pipe(
    take(20),
    map((frame) => {
      const peak = frame.samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      release(frame); // its 2 MiB are for a later one: nothing reads them any more
      return `frame ${frame.sequence}: peak ${peak}`;
    }),
    last(),
  )
  .subscribe((line) => console.log(line));

// In another program.
function send(endpoint: string) {
  const blocks = range(0, 20).pipe(map((n) => new Int16Array(2 ** 20).fill(-n)));
  blocks.pipe(toPush(endpoint, { bind: false })).subscribe();
}
// #endregion main
