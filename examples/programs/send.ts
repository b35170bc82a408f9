// #region main
import { interval, map, take } from 'rxjs';
import { toPush } from 'rxzmq';

const [endpoint = 'tcp://127.0.0.1:5555'] = process.argv.slice(2);
const sampleRate = 48_000;

// A hundred frames of a tone, one every 10 ms. They wait until a receiver connects.
interval(10)
  .pipe(
    take(100),
    map((n) => Float32Array.from({ length: 960 }, (_, i) => Math.cos((n * 960 + i) / 10) / 2)),
    toPush(endpoint, { sampleRate, status: ({ kind, endpoint }) => console.log(kind, endpoint) }),
  )
  .subscribe({ complete: () => console.log('all delivered') });
// #endregion main
