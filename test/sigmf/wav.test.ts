import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { from, of } from 'rxjs';
import { type Frame, frame } from 'rxzmq';
import { fromIqFile, toIqFile } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, arrays, failure, folder, numbered } from './support.js';

describe('WAV', () => {
  it.each([...Object.entries(arrays)])(
    'of %s has the rate, the frequency and the time',
    async (sampleType, samples) => {
      const path = folder()('rec.wav');
      const timestampNs = 1_700_000_000_123_000_000n;
      const made = frame(samples as never, { sampleRate: 48_000, centerFreq: 433_920_000, timestampNs });
      await all(from([made, made]).pipe(toIqFile(path)));
      const [read] = await all(fromIqFile(path));
      expect(read).toMatchObject({
        sampleType,
        sampleRate: 48_000,
        centerFreq: 433_920_000,
        timestampNs,
        numSamples: 4,
      });
      expect([...read!.samples]).toEqual([...samples, ...samples]);
    },
  );

  it('is what others read', async () => {
    const path = folder()('rec.wav');
    await all(of(frame(Int16Array.from([1, 2, -3, 4]), { sampleRate: 44_100 })).pipe(toIqFile(path)));
    const bytes = readFileSync(path);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    const code = 'import sys,wave; w=wave.open(sys.argv[1]); print(w.getparams()[:4], list(w.readframes(9)))';
    const said = python(code, path);
    if (said !== undefined) expect(said).toBe('(2, 2, 44100, 2) [1, 0, 2, 0, 253, 255, 4, 0]');
  });

  it('that was not written to its end is read as far as it goes', async () => {
    const path = folder()('rec.wav');
    await all(of(numbered(0)).pipe(toIqFile(path)));
    const bytes = readFileSync(path);
    const header = bytes.length - 400;
    for (const unknown of [0, 0xffffffff]) {
      bytes.writeUInt32LE(unknown, header - 4);
      writeFileSync(path, bytes);
      expect((await all(fromIqFile(path)))[0]?.numSamples).toBe(100);
    }
    bytes.writeUInt32LE(400, header - 4);
    writeFileSync(path, bytes);
    truncateSync(path, header + 200);
    const warnings = heardWarnings();
    expect((await all(fromIqFile(path)))[0]?.numSamples).toBe(50);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringContaining('shorter than its header says')]);
  });

  it('with chunks of others, 24-bit extensible formats and RF64 sizes', async () => {
    const path = folder()('rec.wav');
    const chunk = (id: string, ...body: number[]) => [
      ...Buffer.from(id, 'latin1'),
      body.length,
      0,
      0,
      0,
      ...body,
      ...(body.length % 2 ? [0] : []),
    ];
    const format = [
      0xfe,
      0xff,
      2,
      0,
      0x40,
      0x1f,
      0,
      0,
      0,
      0,
      0,
      0,
      4,
      0,
      16,
      0,
      22,
      0,
      16,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      ...Array<number>(14).fill(0),
    ];
    const riff = (form: string, ...chunks: number[]) =>
      Uint8Array.from([...Buffer.from(form), 255, 255, 255, 255, ...Buffer.from('WAVE'), ...chunks]);
    writeFileSync(
      path,
      riff(
        'RIFF',
        ...chunk('LIST', 1, 2, 3),
        ...chunk('fmt ', ...format),
        ...chunk('data', 5, 0, 6, 0),
        ...chunk('tail', 9, 9, 9, 9),
      ),
    );
    expect(await all(fromIqFile(path))).toMatchObject([
      { sampleType: 'ci16', sampleRate: 8000, samples: Int16Array.from([5, 6]) },
    ]);
    const sizes = [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    writeFileSync(
      path,
      riff(
        'RF64',
        ...chunk('ds64', ...sizes),
        ...chunk('fmt ', ...format),
        ...Buffer.from('data'),
        255,
        255,
        255,
        255,
        7,
        0,
        8,
        0,
        9,
        9,
        9,
        9,
      ),
    );
    expect((await all(fromIqFile(path)))[0]?.samples).toEqual(Int16Array.from([7, 8]));
    format[14] = 24;
    writeFileSync(path, riff('RIFF', ...chunk('fmt ', ...format), ...chunk('data', 1)));
    expect((await failure(fromIqFile(path))).message).toMatch(/format 1 with 24 bits cannot be read/);
    format[2] = 1;
    format[14] = 16;
    writeFileSync(path, riff('RIFF', ...chunk('fmt ', ...format), ...chunk('data', 1)));
    expect((await failure(fromIqFile(path))).message).toMatch(/two channels, I and Q, and has 1/);
  });

  it.each([
    ['', /begins with ''/],
    ['RIFFxxxxWAVE', /no samples/],
    ['RIFFxxxxWAVEdata\0\0\0\0', /before their format/],
    ['OggS of some sort', /begins with 'OggS'/],
  ])('that is none, %j, is an error', async (text, message) => {
    const path = folder()('rec.wav');
    writeFileSync(path, text, 'latin1');
    expect(await failure(fromIqFile(path))).toMatchObject({
      code: 'ERR_RECORDING',
      message: expect.stringMatching(message),
    });
  });

  it('has one rate, which it needs', async () => {
    const error = async (...frames: Frame[]) => (await failure(from(frames).pipe(toIqFile(folder()('x.wav'))))).message;
    expect(await error(numbered(0, { sampleRate: 0 }))).toMatch(/not 0: give frames their sampleRate/);
    expect(await error(numbered(0, { sampleRate: 0.5 }))).toMatch(/an integer from 1/);
    expect(await error(numbered(0), numbered(1, { sampleRate: 5 }))).toMatch(
      /began with 1000000 Hz, and this frame has 5/,
    );
  });
});

/** What Python says, where there is one. */
function python(code: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('python3', ['-c', code, ...args], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
