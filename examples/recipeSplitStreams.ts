// #region main
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupBy, map, mergeMap, range } from 'rxjs';
import { frame } from 'rxzmq';
import { toSigmf } from 'rxzmq/sigmf';

const folder = mkdtempSync(join(tmpdir(), 'rec-'));

// Frames of three receivers, mixed: a recording for each of them.
range(0, 30)
  .pipe(
    map((n) => frame(new Int8Array(200).fill(n), { streamId: n % 3, sampleRate: 1e6 })),
    groupBy(({ streamId }) => streamId),
    mergeMap((one) => one.pipe(toSigmf(join(folder, `receiver-${one.key}`)))),
  )
  .subscribe({ complete: () => console.log(readdirSync(folder).sort().join('\n')) });
// #endregion main
