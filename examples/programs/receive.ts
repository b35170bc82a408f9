// #region main
import { map, take } from 'rxjs';
import { fromPull } from 'rxzmq';

const [endpoint = 'tcp://127.0.0.1:5555'] = process.argv.slice(2);

fromPull(endpoint, { sampleType: 'cf32', status: ({ kind }) => console.log(kind) })
  .pipe(
    take(100),
    map(({ sequence, samples }) => `frame ${sequence}: peak ${Math.max(...samples).toFixed(2)}`),
  )
  .subscribe((line) => console.log(line));
// #endregion main
