import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fromIqFile, fromSigmf, readSigmf } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { all, folder, metaOf, program } from './support.js';

const FRAME_BYTES = 8192;

/** Starts to record, and gives what it prints. */
function recorder(kind: 'sigmf' | 'iq', path: string, limit?: number) {
  const child = program('record', [kind, path], limit);
  const lines: string[] = [];
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const reader = createInterface(child.stdout as NodeJS.ReadableStream);
  reader.on('line', (line) => lines.push(line));
  return { child, lines, reader, stderr: () => stderr };
}

describe.skipIf(process.platform === 'win32')('a process that is killed while it records', () => {
  it('leaves a recording with all that it has given as written', { timeout: 240_000 }, async () => {
    const path = folder()('rec');
    const { child, lines, reader } = recorder('sigmf', path);
    while (Number(lines.at(-1) ?? 0) < 400) await once(reader, 'line');
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;

    const written = Number(lines.at(-1));
    const [recording] = await readSigmf(path);
    expect(recording?.numSamples).toBeGreaterThanOrEqual(written * 1024);
    expect(metaOf(path).global).not.toHaveProperty('core:sha512');
    expect(metaOf(path).captures.length).toBeGreaterThan(written / 50 - 10);
    const frames = await all(fromSigmf(path, { blockSamples: 1024, onProblem: () => undefined }));
    const whole = frames.filter((f) => f.numSamples === 1024);
    expect(whole.length).toBeGreaterThanOrEqual(written);
    expect(whole.map((f) => f.samples[0])).toEqual(whole.map((_, n) => n));
    expect(whole.map((f) => f.timestampNs)).toEqual(whole.map((_, n) => 10n ** 18n + BigInt(n) * 1_024_000n));
  });
});

describe.skipIf(process.platform === 'win32')('a file that must not grow any more', () => {
  it(
    'ends a SigMF recording with an error that says what was kept, and that can be read',
    { timeout: 240_000 },
    async () => {
      const path = folder()('rec');
      const limit = 1001; // KiB: within a frame
      const { child, lines, stderr } = recorder('sigmf', path, limit);
      const [code] = (await once(child, 'exit')) as [number];
      expect([code, stderr()]).toEqual([0, '']);

      const told = JSON.parse(lines.at(-1) ?? '{}') as { written: number; kept: { samples: number; path: string } };
      expect(told).toMatchObject({
        code: 'ERR_FILE',
        cause: 'EFBIG',
        kept: { samples: (limit * 1024) / 8, path: `${path}.sigmf-data` },
        message: expect.stringMatching(
          /^toSigmf: write failed on .*rec.sigmf-data: .*; 128128 samples are kept in .*$/,
        ),
      });
      expect(told.written).toBe(Math.floor((limit * 1024) / FRAME_BYTES));
      const [recording] = await readSigmf(path, { verify: 'sha512' });
      expect(recording).toMatchObject({ numSamples: told.kept.samples, problems: [] });
      expect(metaOf(path).captures).toHaveLength(Math.ceil(told.written / 50));
    },
  );

  it('ends a plain file likewise', { timeout: 240_000 }, async () => {
    const path = folder()('rec.ci32');
    const { child, lines } = recorder('iq', path, 100);
    await once(child, 'exit');
    const told = JSON.parse(lines.at(-1) ?? '{}') as { written: number };
    expect(told).toMatchObject({ code: 'ERR_FILE', cause: 'EFBIG', kept: { samples: 12_800, path }, written: 12 });
    expect(statSync(path).size).toBe(102_400);
    expect((await all(fromIqFile(path, { blockSamples: 1024 }))).map((f) => f.samples[0])).toEqual(
      Array.from({ length: 13 }, (_, n) => n),
    );
    expect(readFileSync(path).readInt32LE(8192)).toBe(1);
  });
});
