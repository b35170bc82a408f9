// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, map, take } from 'rxjs';
import { frame } from 'rxzmq';
import { fromIqFile, fromRtlTcp, toIqFile } from 'rxzmq/sigmf';
import { demodulateFm } from './radios/demodulateFm.js';
import { startReceiver } from './radios/rtlTcp.js';

const wav = join(mkdtempSync(join(tmpdir(), 'fm-')), 'station.wav');
const options = { sampleRate: 240_000, centerFreq: 98.5e6, sampleType: 'cf32', blockSamples: 48_000 } as const;

const sound = fromRtlTcp(await startReceiver(), options).pipe(
  take(5), // of 0.2 s
  map(({ samples }) => frame(demodulateFm(samples), { sampleRate: 48_000 })),
  toIqFile(wav, { sampleType: 'ci16' }),
);
await lastValueFrom(sound);

const { samples, numSamples, sampleRate } = await lastValueFrom(fromIqFile(wav, { blockSamples: 48_000 }));
const rises = samples.filter((value, i) => i >= 2 && i % 2 === 0 && value >= 0 && samples[i - 2]! < 0).length;
console.log(`${numSamples / sampleRate} s of sound, ${Math.round(rises / 10) * 10} Hz`);
// #endregion main
