// #region main
import { map, range, take } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';

// A radio, elsewhere: there it binds 'tcp://*:5555', and here you say 'tcp://radio:5555'.
range(0, 3)
  .pipe(
    map((n) => new Float32Array(2048).fill(0.5 / 2 ** n)),
    toPush('inproc://radio', { sampleRate: 2.048e6 }),
  )
  .subscribe();

fromPull('inproc://radio', { sampleType: 'cf32' })
  .pipe(take(3))
  .subscribe(({ sequence, samples, numSamples }) => {
    const power = samples.reduce((sum, value) => sum + value * value, 0) / numSamples;
    console.log(`frame ${sequence}: ${numSamples} samples, ${(10 * Math.log10(power)).toFixed(1)} dB`);
  });
// #endregion main
