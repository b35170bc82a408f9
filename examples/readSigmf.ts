// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { readSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'tone');
await lastValueFrom(of(new Int16Array(2000)).pipe(toSigmf(path, { sampleRate: 1e6, global: { 'core:author': 'me' } })));

for (const { name, datatype, sampleRate, numSamples, meta, problems } of await readSigmf(path, { verify: 'sha512' })) {
  console.log(
    `${name}: ${numSamples} samples of ${datatype}, ${numSamples / sampleRate} s, by ${meta.global['core:author']}`,
  );
  console.log(`${problems.length} problems`);
}
// #endregion main
