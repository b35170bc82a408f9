// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { from, lastValueFrom } from 'rxjs';
import { frame } from 'rxzmq';
import { packSigmf, readSigmf, toSigmf } from 'rxzmq/sigmf';

const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'survey');

// The rate changes, so two recordings are made, and a collection that ties them.
const frames = [1e6, 2e6].map((sampleRate) => frame(new Int16Array(2000), { sampleRate }));
await lastValueFrom(from(frames).pipe(toSigmf(path)));

const archive = await packSigmf(`${path}.sigmf-collection`);
for (const { name, sampleRate } of await readSigmf(archive))
  console.log(`${basename(archive)} holds ${name}, ${sampleRate} S/s`);
// #endregion main
