// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatWith, ignoreElements, of, take } from 'rxjs';
import { fromPull, toPush } from 'rxzmq';
import { fromSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'tone');

of(new Float32Array(20_000).fill(0.5))
  .pipe(
    toSigmf(path, { sampleRate: 1e6, centerFreq: 100e6 }), // a recording to read
    ignoreElements(),
    concatWith(fromSigmf(path, { blockSamples: 4096 })), // read no faster than the worker takes it
    toPush('inproc://worker'),
  )
  .subscribe();

fromPull('inproc://worker')
  .pipe(take(3))
  .subscribe((frame) =>
    console.log(`${frame.numSamples} samples of ${frame.sampleType}, ${frame.centerFreq / 1e6} MHz`),
  );
// #endregion main
