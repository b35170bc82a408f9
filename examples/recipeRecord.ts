// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interval, lastValueFrom, map, take } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';

const SECONDS = 0.02; // five minutes are 300
const RATE = 1e6;
const FRAME_SAMPLES = 1000;
const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'evening');
const radio = interval(1)
  .pipe(
    map(() => new Int16Array(2 * FRAME_SAMPLES)),
    toPub('inproc://radio', { sampleRate: RATE }),
  )
  .subscribe();

// So much signal, however long that takes to come; takeUntil(timer(300_000)) is five minutes by the clock.
const signal = fromSub('inproc://radio').pipe(take((SECONDS * RATE) / FRAME_SAMPLES));
await lastValueFrom(signal.pipe(toSigmf(path)));
radio.unsubscribe();

for (const { datatype, sampleRate, numSamples } of await readSigmf(path, { verify: 'sha512' }))
  console.log(`${numSamples / sampleRate} s of ${datatype}, at ${sampleRate} S/s`);
// #endregion main
