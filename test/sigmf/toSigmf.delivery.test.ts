import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { concat, concatMap, EMPTY, from, interval, map, NEVER, of, range, Subject, take, throwError } from 'rxjs';
import { type Frame, frame, gaps, OverflowError, pacedMap } from 'rxzmq';
import { fromSigmf, readSigmf, toSigmf, type ToSigmfOptions } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, failure, folder, metaOf, numbered } from './support.js';

const record = (frames: readonly unknown[], path: string, options?: ToSigmfOptions) =>
  all(from(frames as Frame[]).pipe(toSigmf(path, options)));
/** Waits until it is written to its end, in the background. */
const finished = (path: string) => expect.poll(() => metaOf(path).global['core:sha512']).toBeTypeOf('string');
const names = (path: string) => readdirSync(path).sort();

describe('delivery', () => {
  it('frames come out once they are in the file', async () => {
    const path = folder()('rec');
    let seen = 0;
    await all(
      range(0, 200).pipe(
        map((n) => numbered(n)),
        toSigmf(path),
        map((f) => {
          seen += f.samples.byteLength;
          expect(readFileSync(`${path}.sigmf-data`).length).toBeGreaterThanOrEqual(seen);
        }),
      ),
    );
    expect(seen).toBe(200 * 400);
  });

  it('a sent array may be changed at once', async () => {
    const path = folder()('rec');
    const samples = new Float32Array(2);
    await all(
      range(0, 50).pipe(
        map((n) => samples.fill(n)),
        toSigmf(path),
      ),
    );
    const data = new Float32Array(new Uint8Array(readFileSync(`${path}.sigmf-data`)).buffer);
    expect([...data]).toEqual(Array.from({ length: 50 }, (_, n) => [n, n]).flat());
  });

  it('holds its source back, and is held by its own consumer', async () => {
    const path = folder();
    const source = Array.from({ length: 200 }, (_, n) =>
      frame(new Uint8Array(32 * 4096) as never, { sampleType: 'cf128', timestampNs: BigInt(n) }),
    ).map((f) => ({ ...f, sampleType: 'cf32', samples: new Float32Array(32_768) }));
    recordSource(path('source'), source.length * 131_072);
    let read = 0;
    const blocked = collect(
      fromSigmf(path('source'), { blockSamples: 16_384 }).pipe(
        map((f) => ((read += 1), f)),
        toSigmf(path('rec')),
        pacedMap(() => NEVER),
      ),
    );
    await expect.poll(() => names(path()).length).toBe(4);
    await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBeLessThan(40);
    blocked.unsubscribe();
    await finished(path('rec'));

    function recordSource(base: string, bytes: number) {
      writeFileSync(`${base}.sigmf-data`, new Uint8Array(bytes));
      writeFileSync(
        `${base}.sigmf-meta`,
        JSON.stringify({
          global: { 'core:datatype': 'cf32_le', 'core:version': '1.2.5' },
          captures: [],
          annotations: [],
        }),
      );
    }
  });

  it('values from where demand cannot reach overflow', async () => {
    const path = folder()('rec');
    const source = new Subject<Int8Array>();
    const error = failure(source.pipe(toSigmf(path, { maxBuffered: 3 })));
    for (let n = 0; n < 9; n += 1) source.next(new Int8Array(2));
    expect(await error).toBeInstanceOf(OverflowError);
    expect(
      await all(
        interval(1).pipe(
          take(5),
          map(() => new Int8Array(2)),
          toSigmf(`${path}2`),
        ),
      ),
    ).toHaveLength(5);
  });

  it('what was taken before take ends it is still written', async () => {
    const path = folder()('rec');
    let asked = 0;
    const source = range(0, 500).pipe(map((n) => ((asked += 1), numbered(n))));
    await all(source.pipe(toSigmf(path), take(1)));
    await finished(path);
    const [recording] = await readSigmf(path, { verify: 'sha512' });
    expect(recording?.numSamples).toBe(asked * 100);
  });

  it('an error of the source passes at once; what came before it is kept', async () => {
    const path = folder()('rec');
    const frames = new Subject<Frame>();
    const done = collect(
      concat(
        frames,
        throwError(() => new Error('radio')),
      ).pipe(toSigmf(path)),
    );
    frames.next(numbered(0));
    await done.first(1);
    frames.complete();
    expect(await done.error).toMatchObject({ message: 'radio' });
    await finished(path);
    expect((await readSigmf(path, { verify: 'sha512' }))[0]?.numSamples).toBe(100);
  });

  it('what its consumer throws is reported, and harms nobody', async () => {
    const path = folder();
    const operator = toSigmf<Frame>(path('rec'));
    await all(
      of(numbered(0)).pipe(
        operator,
        concatMap(() => EMPTY),
      ),
    );
    expect(await failure(of(numbered(0)).pipe(operator))).toMatchObject({
      code: 'ERR_FILE',
      cause: { code: 'EEXIST' },
    });
    const again = toSigmf<Frame>(path('rec'), { overwrite: true });
    for (let n = 0; n < 2; n += 1) expect(await all(of(numbered(0)).pipe(again))).toHaveLength(1);
  });
});

describe('what is wrong', () => {
  it('with the place is an error that names it, before anything is read', async () => {
    const path = folder();
    mkdirSync(path('folder'));
    writeFileSync(path('taken.sigmf-data'), '');
    const at = async (name: string) => (await failure(NEVER.pipe(toSigmf(path(name))))).message;
    expect(await at('none/rec')).toMatch(/none.rec.sigmf-meta: the file or folder does not exist \(ENOENT\)/);
    expect(await at('folder')).toMatch(/folder: it is a folder, a file was expected \(EISDIR\)/);
    expect(await at('taken')).toMatch(
      /taken.sigmf-data: it is there already; option overwrite: true replaces it \(EEXIST\)/,
    );
    expect(await at('taken.sigmf-data/rec')).toMatch(/ENOTDIR|ENOENT/);
  });

  it.each([
    ['no frame', 7, /frame must be an object/],
    ['cf128', frame(new Uint8Array(32), { sampleType: 'cf128' }), /convertSamples\('cf64'\)/],
    ['a rate that cannot be', numbered(0, { sampleRate: NaN }), /sampleRate must be a number from 0 to 1e12, not NaN/],
    ['a frequency that cannot be', numbered(0, { centerFreq: Infinity }), /centerFreq/],
  ])('with a value, %s, is an error', async (_, value, message) => {
    expect(await failure(of(value as Frame).pipe(toSigmf(folder()('rec'))))).toMatchObject({
      code: 'ERR_FRAME',
      message: expect.stringMatching(message),
    });
  });

  it('with streams that come mixed is an error that says how to part them', async () => {
    const mixed = [numbered(0), numbered(0, { streamId: 5 })];
    expect((await failure(from(mixed).pipe(toSigmf(folder()('rec'))))).message).toMatch(
      /stream 5; part them first: groupBy/,
    );
    const peers = [numbered(0, { peer: 1 }), numbered(0, { peer: 2 }), numbered(1, { peer: 1 })];
    expect((await failure(from(peers).pipe(toSigmf(folder()('rec'))))).message).toMatch(/peers 2 and 1 come mixed/);
  });

  it('with the order is left out, with a warning', async () => {
    const path = folder()('rec');
    const warnings = heardWarnings();
    const frames = [5, 6, 8, 6, 7, 9].map((n) => numbered(n));
    expect((await record(frames, path)).map((f) => f.sequence)).toEqual([5, 6, 8, 9]);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringMatching(/left out frame 6, which came late or twice/)]);
    expect(
      (await all(fromSigmf(path, { blockSamples: 100 }).pipe(gaps({ onGap: () => undefined })))).map((f) => f.sequence),
    ).toEqual([0, 1, 3, 4]);
  });

  it('with what a function of the caller gives is an error', async () => {
    const error = async (options: ToSigmfOptions) => failure(of(numbered(0)).pipe(toSigmf(folder()('rec'), options)));
    expect(await error({ capture: () => ({ 'odd:x': 1 }) })).toMatchObject({
      code: 'ERR_OPTION',
      option: 'capture',
      message: expect.stringContaining('not declared'),
    });
    expect(await error({ annotate: () => [{ 'core:sample_start': 0, 'core:freq_lower_edge': 1 }] })).toMatchObject({
      option: 'annotate',
      message: expect.stringContaining('both frequency edges'),
    });
    expect(
      (
        await error({
          annotate: () => {
            throw new Error('mine');
          },
        })
      ).message,
    ).toBe('mine');
  });

  it.each([
    ['path', ['']],
    ['path', ['dir/']],
    ['global', ['x', { global: { 'core:datatype': 'ci8' } }]],
    ['global', ['x', { global: { author: 'me' } }]],
    ['global', ['x', { global: { 'core:license': 'MIT' } }]],
    ['global', ['x', { global: { 'odd:x': 1 } }]],
    ['global', ['x', { global: { 'core:extensions': [{ name: 'odd' }] } }]],
    ['global', ['x', { global: { 'core:extensions': [{ name: 'odd', version: '1', optional: true }], 'odd:x': NaN } }]],
    ['fillGaps', ['x', { fillGaps: -1 }]],
    ['jitterMs', ['x', { jitterMs: -1 }]],
    ['overwrit', ['x', { overwrit: true }]],
    ['sampleRate', ['x', { sampleRate: 'fast' }]],
  ] as const)('with %s is thrown at the call', (option, args) => {
    const call = () => (toSigmf as (...given: readonly unknown[]) => unknown)(...args);
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_OPTION', option }));
  });

  it('in virtual time, where no file is written, says so', () => {
    expect(() => virtualTime(({ expectObservable }) => expectObservable(NEVER.pipe(toSigmf('x'))).toBe('|'))).toThrow(
      /toSigmf: a file/,
    );
  });
});
