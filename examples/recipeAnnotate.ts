// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, map, range } from 'rxjs';
import { frame } from 'rxzmq';
import { type AnnotateFrame, readSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'bursts');

// Every fourth block is loud. What is found in a block is said of its samples.
const blocks = range(0, 8).pipe(
  map((n) => frame(new Int16Array(2000).fill(n % 4 === 3 ? 9000 : 20), { sampleRate: 1e6 })),
);
const annotate: AnnotateFrame = ({ samples, numSamples }) =>
  samples[0]! > 1000 ? [{ 'core:sample_start': 0, 'core:sample_count': numSamples, 'core:label': 'burst' }] : undefined;

await lastValueFrom(blocks.pipe(toSigmf(path, { annotate })));

for (const { meta } of await readSigmf(path))
  for (const annotation of meta.annotations)
    console.log(`${annotation['core:label']} at sample ${annotation['core:sample_start']}`);
// #endregion main
