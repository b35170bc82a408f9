// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { frame } from 'rxzmq';
import { fromIqFile, readSigmf, toIqFile, toSigmf } from 'rxzmq/sigmf';

const base = join(mkdtempSync(join(tmpdir(), 'rec-')), 'net');
const sound = frame(new Int16Array(96_000), { sampleRate: 48_000, centerFreq: 3.6e6 });
await lastValueFrom(of(sound).pipe(toIqFile(`${base}.wav`))); // as another program left it

// The rate, and if they are there the frequency and the time, come from the WAV; the archive is one file to hand on.
await lastValueFrom(fromIqFile(`${base}.wav`).pipe(toSigmf(`${base}.sigmf`)));

for (const { datatype, sampleRate, meta } of await readSigmf(`${base}.sigmf`))
  console.log(`${datatype}, ${sampleRate} S/s, ${meta.captures[0]?.['core:frequency']} Hz`);
// #endregion main
