import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { concat, concatMap, EMPTY, from, interval, map, NEVER, of, range, Subject, take, throwError } from 'rxjs';
import { type Frame, frame, frame as make, gaps, OverflowError, pacedMap } from 'rxzmq';
import { fromSigmf, readSigmf, toSigmf, type ToSigmfOptions } from 'rxzmq/sigmf';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { all, failure, fixture, folder, metaOf, numbered, START_NS } from './support.js';

const record = (frames: readonly unknown[], path: string, options?: ToSigmfOptions) =>
  all(from(frames as Frame[]).pipe(toSigmf(path, options)));
const captures = (path: string) =>
  metaOf(path).captures.map((c) => [
    c['core:sample_start'],
    c['core:frequency'],
    c['core:global_index'],
    c['core:datetime']?.slice(17, 29),
  ]);
/** Waits until it is written to its end, in the background. */
const finished = (path: string) => expect.poll(() => metaOf(path).global['core:sha512']).toBeTypeOf('string');
const names = (path: string) => readdirSync(path).sort();

describe('a recording', () => {
  it('holds the samples, and says what they are', async () => {
    const path = folder();
    const frames = [numbered(0), numbered(1), numbered(2)];
    expect(await record(frames, path('rec'))).toEqual(frames);
    expect(names(path())).toEqual(['rec.sigmf-data', 'rec.sigmf-meta']);
    expect([...new Int16Array(new Uint8Array(readFileSync(path('rec.sigmf-data'))).buffer)]).toEqual(
      frames.flatMap((f) => [...f.samples]),
    );
    const { global, annotations } = metaOf(path('rec'));
    expect(global).toEqual({
      'core:datatype': 'ci16_le',
      'core:sample_rate': 1e6,
      'core:version': '1.2.5',
      'core:num_channels': 1,
      'core:recorder': 'rxzmq',
      'core:sha512': expect.stringMatching(/^[\da-f]{128}$/),
    });
    expect(annotations).toEqual([]);
    expect(captures(path('rec'))).toEqual([[0, 1e8, 0, '20.000000000']]);
    await readSigmf(path('rec'), { verify: 'sha512' });
  });

  it.each([
    ['ci8', new Int8Array([1, 2]), 'ci8'],
    ['ci16', new Int16Array([1, 2]), 'ci16_le'],
    ['ci32', new Int32Array([1, 2]), 'ci32_le'],
    ['cf32', new Float32Array([1, 2]), 'cf32_le'],
    ['cf64', new Float64Array([1, 2]), 'cf64_le'],
  ])('of bare arrays has their type, %s', async (_, samples, datatype) => {
    const path = folder()('rec');
    const [given] = await record([samples, samples], path, { sampleRate: 0.5, centerFreq: -7 });
    expect(given).toMatchObject({ samples, sampleRate: 0.5, centerFreq: -7 });
    expect(metaOf(path)).toMatchObject({
      global: { 'core:datatype': datatype, 'core:sample_rate': 0.5, 'core:version': '1.2.6' },
      captures: [{ 'core:frequency': -7, 'core:datetime': expect.stringMatching(/^20.*Z$/) }],
    });
    expect(metaOf(path).captures).toHaveLength(1);
  });

  it('leaves out what frames do not say', async () => {
    const path = folder()('rec');
    await record([make(new Float32Array(2), { timestampNs: 5n })], path);
    expect(metaOf(path).global).not.toHaveProperty('core:sample_rate');
    expect(metaOf(path).captures).toEqual([{ 'core:sample_start': 0, 'core:global_index': 0 }]);
  });

  it.each(['rec', 'rec.sigmf-meta', 'rec.sigmf-data'])('is called %s', async (name) => {
    const path = folder();
    await record([numbered(0)], path(name));
    expect(names(path())).toEqual(['rec.sigmf-data', 'rec.sigmf-meta']);
  });

  it('of nothing is none', async () => {
    const path = folder();
    expect(await all(EMPTY.pipe(toSigmf(path('rec'))))).toEqual([]);
    expect(names(path())).toEqual([]);
  });

  it('made by hand is one capture, however fast its frames were made', async () => {
    const path = folder()('rec');
    await record(
      Array.from({ length: 200 }, () => frame(new Int8Array(2000), { sampleRate: 1e6 })),
      path,
    );
    expect(metaOf(path).captures).toHaveLength(1);
  });

  it('says more where that is asked for', async () => {
    const path = folder()('rec');
    await record([numbered(0), numbered(1, { centerFreq: 5 })], path, {
      sha512: false,
      global: {
        'core:author': 'me',
        'core:recorder': 'mine',
        'core:license': 'https://creativecommons.org/publicdomain/zero/1.0/',
        'core:extensions': [{ name: 'antenna', version: '1.0.0', optional: true }],
        'antenna:model': 'wire',
      },
      capture: ({ centerFreq }) => ({ 'antenna:gain': centerFreq }),
      annotate: ({ sequence }) =>
        sequence === 1 ? [{ 'core:sample_start': 7, 'core:sample_count': 2, 'core:label': 'burst' }] : undefined,
    });
    const { global, captures: made, annotations } = metaOf(path);
    expect(global).toMatchObject({ 'core:author': 'me', 'core:recorder': 'mine', 'antenna:model': 'wire' });
    expect(global).not.toHaveProperty('core:sha512');
    expect(made.map((capture) => capture['antenna:gain'])).toEqual([1e8, 5]);
    expect(annotations).toEqual([{ 'core:sample_start': 107, 'core:sample_count': 2, 'core:label': 'burst' }]);
  });

  it('has the tags of frames as annotations, but for those that captures say', async () => {
    const path = folder()('rec');
    const tags = [
      { offset: 3, key: 'burst_with_a_long_name', value: 'loud' },
      { offset: 4, key: 'rx_time', value: 1 },
      { offset: 5, key: 'level', value: 7n },
    ];
    await record([numbered(0), { ...numbered(1), tags }], path);
    expect(metaOf(path).annotations.map((a) => [a['core:sample_start'], a['core:label'], a['core:comment']])).toEqual([
      [103, 'burst_with_a_long_na', 'burst_with_a_long_name = loud'],
      [105, 'level', 'level = 7n'],
    ]);
  });
});

describe('a new capture', () => {
  it('begins at a retune', async () => {
    const path = folder()('rec');
    await record([numbered(0), numbered(1, { centerFreq: 2e8 }), numbered(2, { centerFreq: 2e8 })], path);
    expect(captures(path)).toEqual([
      [0, 1e8, 0, '20.000000000'],
      [100, 2e8, 100, '20.000100000'],
    ]);
  });

  it('begins at a gap: where the clock counts samples, by the clock', async () => {
    const path = folder()('rec');
    await record(
      [
        numbered(0),
        numbered(1),
        numbered(5, { timestampNs: START_NS + 777_000n }),
        numbered(6, { timestampNs: START_NS + 877_000n }),
      ],
      path,
    );
    expect(captures(path)).toEqual([
      [0, 1e8, 0, '20.000000000'],
      [200, 1e8, 777, '20.000777000'],
    ]);
    expect(metaOf(path).annotations).toMatchObject([
      {
        'core:sample_start': 200,
        'core:label': 'gap',
        'core:comment': expect.stringContaining('3 frames lost, 577 samples'),
      },
    ]);
  });

  it('begins at a gap: where stamps scatter, by the frames that are missing', async () => {
    const path = folder()('rec');
    const stamps = [0n, 350_000n, 90_000n].map((ns) => START_NS + ns);
    await record(
      [0, 1, 4].map((sequence, i) => numbered(sequence, { timestampNs: stamps[i] as bigint })),
      path,
    );
    expect(captures(path).map(([, , index]) => index)).toEqual([0, 400]);
  });

  it('begins at a gap: where frames differ in length, by the time', async () => {
    const path = folder()('rec');
    const third = numbered(3, { timestampNs: START_NS + 750_000n });
    await record([numbered(0), numbered(1, { timestampNs: START_NS + 300_000n }, 50), third], path);
    expect(captures(path).map(([, , index]) => index)).toEqual([0, 750]);
  });

  it('begins at a gap of unknown length, and says that', async () => {
    const path = folder()('rec');
    await record(
      [numbered(0, { sampleRate: 0 }), numbered(1, { sampleRate: 0 }, 50), numbered(3, { sampleRate: 0 })],
      path,
    );
    expect(captures(path).map(([start, , index]) => [start, index])).toEqual([
      [0, 0],
      [150, 150],
    ]);
    expect(metaOf(path).annotations[0]?.['core:comment']).toContain('an unknown number of samples');
  });

  it('begins where time jumps, and stamps that scatter do not make one each', async () => {
    const path = folder()('rec');
    const late = (sequence: number, ms: number) =>
      numbered(sequence, { timestampNs: START_NS + BigInt(Math.round(sequence * 100_000 + ms * 1e6)) });
    await record([late(0, 0), late(1, 5), late(2, 5)], path);
    expect(captures(path).map(([start, , index, time]) => [start, index, time])).toEqual([
      [0, 0, '20.000000000'],
      [100, 100, '20.005100000'],
    ]);

    const scattered = folder()('rec');
    await record(
      Array.from({ length: 500 }, (_, i) => late(i, (i * 37) % 50)),
      scattered,
    );
    expect(metaOf(scattered).captures.length).toBeLessThan(10);

    const exact = folder()('rec');
    await record([late(0, 0), late(1, 2), late(2, 4), late(3, 6)], exact, { jitterMs: 1 });
    expect(metaOf(exact).captures).toHaveLength(4);
    const lax = folder()('rec');
    await record([late(0, 0), late(1, 2), late(2, 4), late(3, 6)], lax, { jitterMs: 50 });
    expect(metaOf(lax).captures).toHaveLength(1);
  });

  it('does not begin where zeros fill the gap', async () => {
    const path = folder()('rec');
    const frames = [numbered(0), numbered(1), numbered(3), numbered(50)];
    await record(frames, path, { fillGaps: 100 });
    expect(captures(path).map(([start, , index]) => [start, index])).toEqual([
      [0, 0],
      [400, 5000],
    ]);
    const read = await all(fromSigmf(path));
    expect([...(read[0]?.samples ?? [])].slice(400, 600)).toEqual(Array(200).fill(0));
    expect([...(read[0]?.samples ?? [])].slice(600)).toEqual([...frames[2]!.samples]);
    expect(metaOf(path).annotations[0]).toMatchObject({ 'core:sample_start': 200, 'core:sample_count': 100 });
  });

  it('is in the file at once, in one that is always whole', async () => {
    const path = folder()('rec');
    const frames = new Subject<Frame>();
    const done = collect(frames.pipe(toSigmf(path)));
    let before = 0;
    for (let n = 0; n < 300; n += 1) {
      frames.next(numbered(n, { centerFreq: n + 1 }));
      await done.first(n + 1);
      const { length } = metaOf(path).captures;
      expect(length).toBeGreaterThanOrEqual(before);
      before = length;
    }
    await expect.poll(() => metaOf(path).captures.length).toBeGreaterThan(300 - 300 / 64 - 2);
    frames.complete();
    await done.completed;
    expect(metaOf(path).captures).toHaveLength(300);
  });
});

describe('a new recording', () => {
  it('begins at another rate, another type, and a sender that counts anew; a collection ties them', async () => {
    const path = folder();
    const frames = [
      numbered(0),
      numbered(1, { sampleRate: 2e6 }),
      numbered(2, { sampleRate: 2e6, sampleType: 'ci8', samples: new Int8Array(200) }),
      numbered(0),
      numbered(0, { peer: 7 }),
    ];
    expect(await record(frames, path('rec'))).toEqual(frames);
    const bases = ['rec', 'rec-0002', 'rec-0003', 'rec-0004', 'rec-0005'];
    expect(names(path())).toEqual(
      [...bases.flatMap((b) => [`${b}.sigmf-data`, `${b}.sigmf-meta`]), 'rec.sigmf-collection'].sort(),
    );
    expect(bases.map((b) => metaOf(path(b)).captures.map((c) => c['core:global_index']))).toEqual([
      [0],
      [100],
      [200],
      [0],
      [0],
    ]);
    expect(bases.map((b) => metaOf(path(b)).global['core:collection'])).toEqual(bases.map(() => 'rec'));
    const read = await readSigmf(path('rec.sigmf-collection'), { verify: 'sha512' });
    expect(read.map((r) => [r.name, r.sampleRate, r.datatype, r.problems])).toEqual([
      ['rec', 1e6, 'ci16_le', []],
      ['rec-0002', 2e6, 'ci16_le', []],
      ['rec-0003', 2e6, 'ci8', []],
      ['rec-0004', 1e6, 'ci16_le', []],
      ['rec-0005', 1e6, 'ci16_le', []],
    ]);
  });

  it('passes over names that are taken', async () => {
    const path = folder();
    writeFileSync(path('rec-0002.sigmf-meta'), 'x');
    await record([numbered(0), numbered(1, { sampleRate: 5 })], path('rec'));
    expect(names(path())).toContain('rec-0003.sigmf-data');
    expect(readFileSync(path('rec-0002.sigmf-meta'), 'utf8')).toBe('x');
  });

  it('an archive holds all of them', async () => {
    const path = folder();
    await record([numbered(0), numbered(1, { sampleRate: 5 })], path('rec.sigmf'));
    expect(names(path())).toEqual(['rec.sigmf']);
    expect((await readSigmf(path('rec'), { verify: 'sha512' })).map((r) => [r.name, r.numSamples, r.problems])).toEqual(
      [
        ['rec', 100, []],
        ['rec-0002', 100, []],
      ],
    );
  });
});

describe('reading back', () => {
  it.each(['tone-ci8', 'tone-ci16-be', 'tone-cf32-le', 'live-stream', 'no-captures'])(
    '%s, recorded again, is the same',
    async (name) => {
      const path = folder()('rec');
      await all(fromSigmf(fixture(name), { blockSamples: 16 }).pipe(toSigmf(path)));
      const numbers = (f: Frame) => ({ ...f, sequence: 0 });
      expect((await all(fromSigmf(path))).map(numbers)).toEqual((await all(fromSigmf(fixture(name)))).map(numbers));
      const given = metaOf(fixture(name)).captures;
      const made = metaOf(path).captures;
      expect(made.map((c) => c['core:global_index'])).toEqual(
        given.length === 0 ? [0] : given.map((c) => c['core:global_index']),
      );
    },
  );
});

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
    expect(await at('none/rec')).toMatch(/none.rec.sigmf-meta: there is no such file or folder \(ENOENT\)/);
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
    expect(await failure(of(value as never).pipe(toSigmf(folder()('rec'))))).toMatchObject({
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
