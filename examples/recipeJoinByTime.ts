// #region main
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { align, frame } from 'rxzmq';
import { fromSigmf, toSigmf } from 'rxzmq/sigmf';

const folder = mkdtempSync(join(tmpdir(), 'rec-'));
const START_NS = 1_700_000_000_000_000_000n;

// Two receivers recorded the same signal; the one in the south began 2 ms later.
for (const [name, delay] of [
  ['north', 0],
  ['south', 2],
] as const) {
  const samples = Int16Array.from({ length: 20 }, (_, i) => Math.floor(i / 2) + delay);
  const made = frame(samples, { sampleRate: 1000, timestampNs: START_NS + BigInt(delay) * 1_000_000n });
  await lastValueFrom(of(made).pipe(toSigmf(join(folder, name))));
}

align(fromSigmf(join(folder, 'north')), fromSigmf(join(folder, 'south'))).subscribe(([north, south]) => {
  console.log(`both for ${north.numSamples} ms: ${north.samples.join() === south.samples.join()}`);
});
// #endregion main
