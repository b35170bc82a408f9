// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of, take, timeInterval, toArray } from 'rxjs';
import { fromSub, toPub } from 'rxzmq';
import { fromSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'evening');
await lastValueFrom(of(new Int16Array(96_000)).pipe(toSigmf(path, { sampleRate: 480_000 }))); // 100 ms

// As if it were live, again and again: each frame when the ones before it have lasted, stamped with the present.
const station = fromSigmf(path, { pace: true, loop: true, blockSamples: 4800 })
  .pipe(toPub('inproc://station', { waitForSubscribers: 1, timestamp: 'now' }))
  .subscribe();

fromSub('inproc://station')
  .pipe(take(21), timeInterval(), toArray())
  .subscribe((frames) => {
    const ms = frames.reduce((sum, { interval }) => sum + interval, 0);
    console.log(`${frames.length} frames of 10 ms, in at least 190 ms: ${ms >= 190}`);
    station.unsubscribe();
  });
// #endregion main
