// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of, scan, take } from 'rxjs';
import { convertSamples, fromPull, toPush } from 'rxzmq';
import { fromSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'wide');
await lastValueFrom(of(new Float32Array(80_000).fill(0.25)).pipe(toSigmf(path, { sampleRate: 10e6 })));

// A quarter of the bytes; and what the link does not take is not read from the disk.
fromSigmf(path, { blockSamples: 10_000 }).pipe(convertSamples('ci8'), toPush('inproc://link')).subscribe();

fromPull('inproc://link')
  .pipe(
    scan((bytes, { samples }) => bytes + samples.byteLength, 0),
    take(4),
  )
  .subscribe((bytes) => console.log(`${bytes} bytes instead of ${bytes * 4}`));
// #endregion main
