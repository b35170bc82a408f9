// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, map, range } from 'rxjs';
import { frame } from 'rxzmq';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'hop');

// 4 blocks of 1 ms: the radio is retuned after two, and one is lost before the last.
const frames = range(0, 4).pipe(
  map((n) => ({ n, sequence: n < 3 ? n : 4, centerFreq: n < 2 ? 433.92e6 : 868.3e6 })),
  map(({ n, sequence, centerFreq }) => ({
    ...frame(new Int16Array(2000).fill(n), { sampleRate: 1e6, centerFreq }),
    timestampNs: 1_700_000_000_000_000_000n + BigInt(sequence) * 1_000_000n,
    sequence,
  })),
);

await lastValueFrom(frames.pipe(toSigmf(path, { global: { 'core:author': 'me', 'core:hw': 'a dipole' } })));

for (const { meta } of await readSigmf(path))
  for (const capture of meta.captures)
    console.log(capture['core:sample_start'], capture['core:global_index'], capture['core:datetime']);
// #endregion main
