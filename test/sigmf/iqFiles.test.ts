import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { from, map, NEVER, of, take } from 'rxjs';
import { type Frame, frame, pacedMap } from 'rxzmq';
import { fromIqFile, type IqFormat, toIqFile } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, arrays, failure, folder } from './support.js';

const numbers = (frames: readonly Frame[]) => frames.flatMap((f) => [...f.samples]);

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
    expect(warnings.texts).toEqual([expect.stringContaining('the last 3 bytes are not a whole sample')]);
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
