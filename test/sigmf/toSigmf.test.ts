import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { EMPTY, from, map, Subject } from 'rxjs';
import { type Frame, frame, frame as make } from 'rxzmq';
import { fromSigmf, readSigmf, toSigmf, type ToSigmfOptions } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { all, fixture, folder, metaOf, numbered, START_NS } from './support.js';

const record = (frames: readonly unknown[], path: string, options?: ToSigmfOptions) =>
  all(from(frames as Frame[]).pipe(toSigmf(path, options)));
const captures = (path: string) =>
  metaOf(path).captures.map((c) => [
    c['core:sample_start'],
    c['core:frequency'],
    c['core:global_index'],
    c['core:datetime']?.slice(17, 29),
  ]);
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
      Array.from({ length: 200 }, (_, at) => frame(new Int8Array(2000), { sampleRate: 1e6, timestampNs: BigInt(at) })),
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

  it('has its annotations in order, while it is made too', async () => {
    const path = folder()('rec');
    const frames = new Subject<Frame>();
    const annotate = () => [{ 'core:sample_start': 50 }, { 'core:sample_start': 3 }];
    const done = collect(frames.pipe(toSigmf(path, { annotate })));
    const starts = () => metaOf(path).annotations.map((annotation) => annotation['core:sample_start']);
    frames.next(numbered(0));
    await expect.poll(starts).toEqual([3, 50]);
    frames.next(numbered(1));
    frames.complete();
    await done.completed;
    expect(starts()).toEqual([3, 50, 103, 150]);
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

    const drifting = folder()('rec');
    await record(
      Array.from({ length: 400 }, (_, i) => late(i, i * 2)),
      drifting,
    );
    expect(metaOf(drifting).captures.length).toBeLessThan(12);

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

  it('does not begin there, and the zeros are zeros, also where other frames were before', async () => {
    const path = folder()('rec');
    const frames = new Subject<Frame>();
    const done = collect(frames.pipe(toSigmf(path, { fillGaps: 100 })));
    for (const [i, sequence] of [0, 1, 2, 3].entries()) {
      frames.next(numbered(sequence));
      await done.first(i + 1); // so the memory of each is used again
    }
    frames.next(numbered(5));
    frames.complete();
    await done.completed;
    const samples = (await all(fromSigmf(path))).flatMap((f) => [...f.samples]);
    expect(samples.slice(800, 1000)).toEqual(Array(200).fill(0));
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

  it('a copy with other samples is not taken for what was read', async () => {
    const path = folder()('rec');
    const halved = fromSigmf(fixture('tone-cf32-le'), { blockSamples: 16 }).pipe(
      map((f) => ({ ...f, sampleRate: f.sampleRate / 2, samples: f.samples.slice(0, f.samples.length / 2) }) as Frame),
    );
    await all(halved.pipe(toSigmf(path)));
    expect(captures(path).map(([start, , index]) => [start, index])).toEqual([
      [0, 0],
      [16, 16],
      [32, 531],
    ]);
  });

  it('random streams: captures say the times of all samples, and how many are missing', async () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 0x7fffffff) % below;
    const frames: Frame[] = [];
    let at = 0;
    let lostSamples = 0;
    for (let sequence = 0; frames.length < 300; sequence += 1) {
      if (sequence > 5 && random(20) === 0) lostSamples += 64;
      else
        frames.push(
          numbered(
            sequence,
            { timestampNs: START_NS + BigInt(at) * 1000n, centerFreq: 1e8 + Math.floor(sequence / 40) },
            64,
          ),
        );
      at += 64;
    }
    const lost = (frames.at(-1)!.sequence + 1 - frames.length) * 64;
    const path = folder()('rec');
    await record(frames, path);
    const times = new Map<bigint, number>();
    for (const f of await all(fromSigmf(path, { blockSamples: 64 }))) times.set(f.timestampNs, f.centerFreq);
    expect([...times]).toEqual(frames.map((f) => [f.timestampNs, f.centerFreq]));
    expect((await readSigmf(path))[0]?.numLost).toBe(lost);
    expect(lost).toBeLessThanOrEqual(lostSamples);
  });
});
