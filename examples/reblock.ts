// #region main
import { concat, of } from 'rxjs';
import { frame, reblock } from 'rxzmq';

// Frames as they come: 5 samples at 1 kHz, then 4 of another frequency.
const from = (samples: number, sequence: number, centerFreq: number) => ({
  ...frame(new Float32Array(2 * samples), { sampleRate: 1000, centerFreq, timestampNs: 0n }),
  sequence,
});

// Blocks of 4 samples, for a transform that wants just so many.
concat(of(from(5, 0, 88e6), from(5, 1, 88e6)), of(from(4, 2, 99e6)))
  .pipe(reblock(4))
  .subscribe(({ numSamples, centerFreq, timestampNs }) =>
    console.log(`${numSamples} samples on ${centerFreq / 1e6} MHz, ${timestampNs / 1_000_000n} ms`),
  );
// #endregion main
