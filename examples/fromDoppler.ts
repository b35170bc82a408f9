// #region main
import { catchError, EMPTY, map, range, take, timeout } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';

// Push(endpoint, CF64), then send(samples, sample_rate, center_freq) three times, then close()
range(1, 3)
  .pipe(
    map((n) => Float64Array.of(n, -n, n, -n)), // n - nj, twice
    toPush('inproc://doppler', { sampleType: 'cf64', sampleRate: 2.4e6, centerFreq: 433.92e6 }),
  )
  .subscribe();

// Pull(endpoint), then recv(timeout_ms=500) until it raises TimeoutError
fromPull('inproc://doppler', { sampleType: 'cf64' })
  .pipe(
    timeout({ each: 500 }),
    catchError(() => EMPTY),
    take(3),
  )
  .subscribe(({ samples, sequence, sampleRate, centerFreq }) => {
    console.log(`${sequence}: ${samples.join(' ')} at ${centerFreq / 1e6} MHz, ${sampleRate / 1e6} MS/s`);
  });
// #endregion main
