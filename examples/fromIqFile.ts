// #region main
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromIqFile } from 'rxzmq/sigmf';

// What rtl_sdr writes: unsigned bytes, zero at 127.5.
const path = join(mkdtempSync(join(tmpdir(), 'rec-')), 'capture.cu8');
writeFileSync(path, Uint8Array.from([0, 255, 64, 191]));

fromIqFile(path, { sampleType: 'cf32', sampleRate: 2.048e6, centerFreq: 98.5e6 }).subscribe((frame) =>
  console.log(`${frame.numSamples} samples at ${frame.centerFreq / 1e6} MHz: ${frame.samples.join(' ')}`),
);
// #endregion main
