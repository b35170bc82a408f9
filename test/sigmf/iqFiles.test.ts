import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { from, map, NEVER, of, take } from 'rxjs';
import { type Frame, frame, pacedMap } from 'rxzmq';
import { fromIqFile, type IqFormat, toIqFile } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, failure, folder, numbered, program } from './support.js';

const numbers = (frames: readonly Frame[]) => frames.flatMap((f) => [...f.samples]);
const arrays = {
  ci8: Int8Array.from([-128, -1, 0, 127]),
  ci16: Int16Array.from([-32768, -1, 0, 32767]),
  ci32: Int32Array.from([-(2 ** 31), -1, 0, 2 ** 31 - 1]),
  cf32: Float32Array.from([-1, 0.5, 0, 1e30]),
  cf64: Float64Array.from([-1, 0.1, 0, 1e300]),
} as const;

describe('raw files', () => {
  it.each(Object.entries(arrays))('of %s are written and read as they are', async (format, samples) => {
    const path = folder()(`rec.${format}`);
    const made = frame(samples as never, { sampleRate: 5 });
    expect(await all(of(made).pipe(toIqFile(path)))).toEqual([made]);
    expect(readFileSync(path)).toEqual(Buffer.from(samples.buffer));
    const [read] = await all(fromIqFile(path, { sampleRate: 5, centerFreq: 7, timestampNs: 9n }));
    expect(read).toEqual({ ...made, samples, centerFreq: 7, timestampNs: 9n });
  });

  it('of cu8 become ci8, or floats as an rtl-sdr means them, and the reverse', async () => {
    const path = folder()('rec.cu8');
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    writeFileSync(path, bytes);
    const ints = await all(fromIqFile(path, { blockSamples: 7 }));
    expect(numbers(ints)).toEqual([...bytes].map((byte) => byte - 128));
    const floats = await all(fromIqFile(path, { sampleType: 'cf32' }));
    expect(numbers(floats)).toEqual([...bytes].map((byte) => (byte - 127.5) / 128));
    for (const frames of [ints, floats]) {
      await all(from(frames).pipe(toIqFile(path, { overwrite: true })));
      expect(readFileSync(path)).toEqual(Buffer.from(bytes));
    }
  });

  it.each([
    ['a.cs8', 'ci8'],
    ['a.CS16', 'ci16'],
    ['a.fc32', 'cf32'],
    ['a.cfile', 'cf32'],
    ['a.uc8', 'ci8'],
  ])('%s says its format', async (name, sampleType) => {
    const path = folder()(name);
    writeFileSync(path, new Uint8Array(16));
    expect((await all(fromIqFile(path)))[0]?.sampleType).toBe(sampleType);
  });

  it('converts to what the format says; without one the first frame does', async () => {
    const path = folder();
    const half = frame(Float32Array.from([0.5, -2]));
    await all(of(half).pipe(toIqFile(path('x'), { format: 'ci8' })));
    expect([...readFileSync(path('x'))]).toEqual([64, 128]);
    await all(of(half).pipe(toIqFile(path('y'))));
    expect(readFileSync(path('y'))).toHaveLength(8);
    const mixed = from([half, frame(new Int8Array(2))]);
    expect((await failure(mixed.pipe(toIqFile(path('z'))))).message).toMatch(
      /began with cf32, and this frame is ci8; option format/,
    );
    expect(await all(mixed.pipe(toIqFile(path('w'), { sampleType: 'ci16' })))).toHaveLength(2);
    expect(readFileSync(path('w'))).toHaveLength(8);
  });

  it('from, to, loop, pace and blocks are as of recordings', async () => {
    const path = folder()('rec.ci8');
    writeFileSync(path, Uint8Array.from([1, 2, 3, 4, 5, 6]));
    const read = async (options: object) => numbers(await all(fromIqFile(path, options)));
    expect(await read({ from: 1, to: 2 })).toEqual([3, 4]);
    expect(await read({ from: 1, loop: 2 })).toEqual([3, 4, 5, 6, 3, 4, 5, 6]);
    expect(await read({ pace: 1000, sampleRate: 1e6 })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await read({ sampleRate: 1e9, timestampNs: 5n, from: 6n })).toEqual([3, 4, 5, 6]);
    const frames = await all(fromIqFile(path, { blockSamples: 2, sampleRate: 1000 }));
    expect(frames.map((f) => [f.sequence, f.timestampNs, f.numSamples])).toEqual([
      [0, 0n, 2],
      [1, 2_000_000n, 1],
    ]);
  });
});

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

describe('standard input and output', () => {
  /** Runs the program with bytes as its input. */
  async function copy(input: Uint8Array, ...args: string[]) {
    const child = program('copy', args);
    const chunks: Buffer[] = [];
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const [code] = (await once(child, 'close')) as [number];
    return { code, stderr, output: Buffer.concat(chunks) };
  }

  it('are read and written, and the process ends by itself', { timeout: 60_000 }, async () => {
    const input = Uint8Array.from({ length: 500_000 }, (_, i) => i);
    const { output, ...ended } = await copy(input, 'cu8', 'ci8');
    expect(ended).toEqual({ code: 0, stderr: '' });
    expect(output.equals(Buffer.from(input.map((byte) => byte ^ 128)))).toBe(true);
  });

  it('the program of the guide makes floats of bytes', { timeout: 60_000 }, async () => {
    const path = fileURLToPath(new URL('../../examples/programs/iqPipe.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.end(Uint8Array.from([0, 255]));
    expect(await once(child, 'close')).toEqual([0, null]);
    const floats = new Float32Array(new Uint8Array(Buffer.concat(chunks)).buffer);
    expect([...floats]).toEqual([-127.5 / 128, 127.5 / 128]);
  });

  it('take ends the reading, and with it the process, though its input is open', { timeout: 60_000 }, async () => {
    const child = program('copy', ['ci8', 'ci8', '2']);
    child.stdin?.write(new Uint8Array(100_000).fill(5)); // and no end
    let length = 0;
    child.stdout?.on('data', (chunk: Buffer) => (length += chunk.length));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(length).toBe(4000);
  });

  it('WAV goes both ways', { timeout: 60_000 }, async () => {
    const { output, ...ended } = await copy(new Uint8Array(100), 'ci8', 'wav');
    expect(ended).toEqual({ code: 0, stderr: '' });
    const again = await copy(output, 'wav', 'ci16');
    expect(again.output).toHaveLength(200);
  });

  it('a reader that goes away is an error with its code', { timeout: 60_000 }, async () => {
    const child = program('copy', ['ci8', 'ci8']);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.on('error', () => undefined);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const feed = setInterval(() => child.stdin?.write(new Uint8Array(100_000)), 5);
    const [code] = (await once(child, 'close')) as [number];
    clearInterval(feed);
    expect([code, stderr]).toEqual([0, 'ERR_FILE EPIPE\n']);
  });

  it.skipIf(process.platform === 'win32')('a named pipe is read in order, once', { timeout: 60_000 }, async () => {
    const path = folder()('pipe.ci8');
    execFileSync('mkfifo', [path]);
    const reading = all(fromIqFile(path, { blockSamples: 3, from: 1, sampleRate: 1e6 }));
    await all(from([new Int8Array([9, 9, 1, 2]), new Int8Array([3, 4, 5, 6, 7, 8])]).pipe(toIqFile(path)));
    const frames = await reading;
    expect(frames.map((f) => [...f.samples])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
    expect(frames[1]!.timestampNs - frames[0]!.timestampNs).toBe(3000n);
    expect((await failure(fromIqFile(path, { loop: true }))).message).toMatch(/option 'loop' needs a file/);
  });
});

describe('what is wrong', () => {
  it('with the place is an error that names it', async () => {
    const path = folder();
    mkdirSync(path('folder.ci8'));
    symlinkSync(path('nowhere'), path('link.ci8'));
    for (const name of ['none.ci8', 'link.ci8'])
      expect(await failure(fromIqFile(path(name)))).toMatchObject({ code: 'ERR_FILE', cause: { code: 'ENOENT' } });
    expect(await failure(fromIqFile(path('folder.ci8')))).toMatchObject({ cause: { code: 'EISDIR' } });
    expect(await failure(NEVER.pipe(toIqFile(path('folder.ci8'))))).toMatchObject({ cause: { code: 'EISDIR' } });
    expect(await failure(NEVER.pipe(toIqFile(path('none/x.ci8'))))).toMatchObject({ cause: { code: 'ENOENT' } });
    writeFileSync(path('there.ci8'), 'kept');
    expect(await failure(NEVER.pipe(toIqFile(path('there.ci8'))))).toMatchObject({ cause: { code: 'EEXIST' } });
    expect(readFileSync(path('there.ci8'), 'utf8')).toBe('kept');
  });

  it('with its end is left out, with a warning', async () => {
    const path = folder()('rec.ci16');
    writeFileSync(path, new Uint8Array(7));
    const warnings = heardWarnings();
    expect((await all(fromIqFile(path)))[0]?.numSamples).toBe(1);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringContaining('the last 3 bytes are no whole sample')]);
    expect(await all(fromIqFile(path, { from: 5 }))).toEqual([]);
  });

  it('a file that shrinks', async () => {
    const path = folder()('rec.ci8');
    writeFileSync(path, new Uint8Array(4096));
    const shrunk = failure(
      fromIqFile(path, { blockSamples: 16 }).pipe(pacedMap((f) => (truncateSync(path, 64), of(f)))),
    );
    expect((await shrunk).message).toMatch(/became shorter/);
  });

  it.each([
    [() => fromIqFile('x'), 'format'],
    [() => fromIqFile('-'), 'format'],
    [() => fromIqFile('x.dat', { format: 'cf16' as IqFormat }), 'format'],
    [() => fromIqFile('-', { format: 'ci8', loop: true }), 'loop'],
    [() => fromIqFile('-', { format: 'ci8', from: 5n }), 'from'],
    [() => fromIqFile('x.ci8', { sampleRate: NaN }), 'sampleRate'],
    [() => fromIqFile(''), 'path'],
    [() => toIqFile('x.ci8', { format: 'mp3' as IqFormat }), 'format'],
    [() => toIqFile('', {}), 'path'],
    [() => toIqFile('x.ci8', { rate: 5 } as object), 'rate'],
  ] as const)('with a call is thrown at it (%#)', (call, option) => {
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_OPTION', option }));
  });

  it('in virtual time, where no file is read, says so', () => {
    expect(() => virtualTime(({ expectObservable }) => expectObservable(fromIqFile('x.ci8')).toBe('|'))).toThrow(
      /fromIqFile: a file/,
    );
  });

  it('demand holds it', async () => {
    const path = folder()('rec.ci8');
    writeFileSync(path, new Uint8Array(1000));
    const seen = collect(fromIqFile(path, { blockSamples: 1 }).pipe(pacedMap(() => NEVER)));
    const read: number[] = [];
    await all(
      fromIqFile(path, { blockSamples: 1 }).pipe(
        map((f) => read.push(f.sequence)),
        take(3),
      ),
    );
    expect(seen.values).toEqual([]);
    expect(read).toEqual([1, 2, 3].map((_, i) => i));
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
