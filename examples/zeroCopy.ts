// #region main
import { take } from 'rxjs';
import { fromIterable, fromPull, toPush } from 'rxzmq';

// A few arrays are enough for any number of frames, if each is filled again once the socket is done with it.
const free: Float32Array[] = [];
let made = 0;

function* frames() {
  for (let n = 0; n < 50; n += 1) {
    const samples = free.pop() ?? (made++, new Float32Array(131_072));
    yield samples.fill(n);
  }
}

fromIterable(frames())
  .pipe(
    toPush('tcp://127.0.0.1:*', {
      highWaterMark: 1,
      zeroCopy: (samples) => void free.push(samples as Float32Array), // given back
      status: (status) => status.kind === 'listening' && listen(status.endpoint),
    }),
  )
  .subscribe({ complete: () => console.log(`50 frames, fewer than 25 arrays: ${made < 25}`) });

function listen(endpoint: string) {
  fromPull(endpoint).pipe(take(50)).subscribe();
}
// #endregion main
