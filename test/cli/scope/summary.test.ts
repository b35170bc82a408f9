import { join } from 'node:path';
import { lastValueFrom, of } from 'rxjs';
import { toSigmf } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { type Figures, emptyTally, toFigures } from '../../../src/cli/scope/stats.js';
import { summary } from '../../../src/cli/scope/summary.js';
import { temporaryFolder, tones } from '../support/peers.js';
import { rxzmq } from '../support/program.js';

const figures: Figures = {
  ...toFigures(emptyTally),
  frames: 2,
  latencyMs: 1.5,
  latencyMaxMs: 2,
  rmsDb: -6,
  peakDb: -3,
};

describe('summary', () => {
  it('has latency and level', () => {
    expect(summary(figures)).toMatch(/, latency 1\.50 ms mean, 2\.00 ms max, level -6\.0 dBFS rms, -3\.0 dBFS peak$/);
  });

  it('says that clocks differ, once', () => {
    const apart = { ...figures, latencyMs: -3e9, latencyMaxMs: -2e9 };
    expect(summary(apart)).toContain(', latency unknown, clocks differ, level -6.0 dBFS rms');
    expect(summary({ ...figures, latencyMaxMs: 1e9 })).toContain(', latency unknown, clocks differ, level');
  });

  it('has no level where there is none', () => {
    expect(summary({ ...figures, rmsDb: -200, peakDb: -200 })).toMatch(/2\.00 ms max, no level$/);
  });
});

describe('rxzmq scope', { timeout: 60_000 }, () => {
  it('says that a signal is shorter than its spectrum, and what helps', async () => {
    const path = join(temporaryFolder(), 'tone');
    await lastValueFrom(of(tones(1001).next().value).pipe(toSigmf(path)));
    const run = await rxzmq(['scope', path, '--seconds', '5']);
    expect(run.err).toBe('rxzmq: 1001 samples are fewer than the 2048 bins of the spectrum; --bins makes it smaller\n');
    expect(run.out).toMatch(/no level$/m);
    const smaller = await rxzmq(['scope', path, '--seconds', '5', '--bins', '512']);
    expect(smaller.err).toBe('');
    expect(smaller.out).toMatch(/level -6\.0 dBFS rms/);
  });
});
