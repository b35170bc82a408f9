// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { frame } from 'rxzmq';
import { fromSigmf, readSigmf, toSigmf } from 'rxzmq/sigmf';

const folder = mkdtempSync(join(tmpdir(), 'rec-'));
const NOON_NS = 1_700_049_600_000_000_000n;
const day = frame(new Int8Array(20_000), { sampleRate: 1000, timestampNs: NOON_NS - 5_000_000_000n });
await lastValueFrom(of(day).pipe(toSigmf(join(folder, 'day'))));

// One second from noon on, of a recording of any length: no more of it is read.
const noon = fromSigmf(join(folder, 'day'), { from: NOON_NS, to: NOON_NS + 1_000_000_000n });
await lastValueFrom(noon.pipe(toSigmf(join(folder, 'noon'))));

for (const { numSamples, meta } of await readSigmf(join(folder, 'noon')))
  console.log(`${numSamples} samples from ${meta.captures[0]?.['core:datetime']}`);
// #endregion main
