// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interval, lastValueFrom, map, takeUntil, timer } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';

const FIVE_MINUTES_MS = 100; // 300_000
const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'evening');
const radio = interval(1)
  .pipe(
    map(() => new Int16Array(2000)),
    toPub('inproc://radio', { sampleRate: 1e6 }),
  )
  .subscribe();

// What was received by then is still written before it completes.
const evening = fromSub('inproc://radio').pipe(takeUntil(timer(FIVE_MINUTES_MS)));
await lastValueFrom(evening.pipe(toSigmf(path)));
radio.unsubscribe();

for (const { datatype, sampleRate, numSamples } of await readSigmf(path, { verify: 'sha512' }))
  console.log(`a recording of ${datatype}, at ${sampleRate} S/s: ${numSamples > 0}`);
// #endregion main
