// #region main
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { map, range } from 'rxjs';
import { frame } from 'rxzmq';
import { toIqFile } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'tone.wav');

// Floats become 16 bits on their way; I is on the left, Q on the right.
range(0, 10)
  .pipe(
    map((n) => frame(new Float32Array(9600).fill(n / 10), { sampleRate: 48_000, centerFreq: 7.1e6 })),
    toIqFile(path, { sampleType: 'ci16' }),
  )
  .subscribe({ complete: () => console.log(`1 s, ${statSync(path).size} bytes with the header`) });
// #endregion main
