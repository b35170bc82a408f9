import { readFileSync } from 'node:fs';
import { concatMap, map, NEVER, of, Subject, take } from 'rxjs';
import { type Demand, type Frame, gaps, pacedMap, release, type Waiter } from 'rxzmq';
import { fromSigmf, type Items, readSigmf, type SigmfFrameOptions } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { all, failure, fixture, folder, recordingOf } from './support.js';

interface Expected {
  readonly name: string;
  readonly datatype: string;
  readonly sampleCount: number;
  readonly first16Components: readonly number[];
  readonly pythonAutoscaleFirst4: readonly (readonly number[] | number)[];
}

const { recordings } = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as { recordings: Expected[] };
const rate = 2e6;
const base = { 'core:datatype': 'ci8', 'core:version': '1.2.5', 'core:sample_rate': rate };

const numbersOf = (value: Frame | Items) => ('items' in value ? value.items : value.samples);

describe.each(recordings)('the recording $name', ({ name, datatype, sampleCount, first16Components, ...expected }) => {
  it('is read as its datatype says', async () => {
    const values = (await all(fromSigmf(fixture(name)))) as (Frame | Items)[];
    const numbers = values.flatMap((value) => [...numbersOf(value)]);
    const perSample = datatype.startsWith('c') ? 2 : 1;
    expect(numbers).toHaveLength(sampleCount * perSample);

    const scaled = { cu16_le: (v: number) => (v - 32768) / 32768, cu8: (v: number) => v - 128 }[datatype];
    const wanted = scaled ? first16Components.map(scaled) : first16Components;
    expect(numbers.slice(0, 16)).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
  });

  it.runIf(datatype.startsWith('c'))('is scaled as the Python package scales it', async () => {
    const [first] = await all(fromSigmf(fixture(name), { sampleType: 'cf64' }));
    const wanted = expected.pythonAutoscaleFirst4.flat();
    expect([...(first?.samples ?? [])].slice(0, 8)).toEqual(wanted.map((value) => expect.closeTo(value, 6)));
  });
});

describe('captures', () => {
  it('begin blocks with their own frequency and time, and gaps leave numbers out', async () => {
    const missing: number[] = [];
    const frames = await all(
      fromSigmf(fixture('live-stream'), { blockSamples: 20 }).pipe(gaps({ onGap: (gap) => missing.push(gap.missing) })),
    );
    const start = 1_700_000_000_000_000_000n;
    expect(frames.map((f) => [f.numSamples, f.centerFreq, f.timestampNs - start])).toEqual([
      [20, 1e8, 0n],
      [12, 1e8, 20_000n],
      [20, 1.01e8, 32_000n],
      [12, 1.01e8, 52_000n],
      [20, 1.01e8, 1_064_000n],
      [12, 1.01e8, 1_084_000n],
    ]);
    expect(missing).toEqual([1000 / 20]);
  });

  it.each([
    ['none: one from the first sample on, with time from 0', [], [[0, 0n, 0]]],
    [
      'the first one later: samples before it have its time, counted back',
      [{ 'core:sample_start': 10, 'core:frequency': 5, 'core:datetime': '2000-01-01T00:00:00.000005Z' }],
      [
        [0, 946_684_800_000_000_000n, 0],
        [5, 946_684_800_000_005_000n, 1],
      ],
    ],
    [
      'two that only repeat each other',
      [
        { 'core:sample_start': 0, 'core:frequency': 5 },
        { 'core:sample_start': 10, 'core:frequency': 5 },
      ],
      [[5, 0n, 0]],
    ],
    [
      'unsorted',
      [
        { 'core:sample_start': 10, 'core:frequency': 6 },
        { 'core:sample_start': 0, 'core:frequency': 5 },
      ],
      [
        [5, 0n, 0],
        [6, 5000n, 1],
      ],
    ],
    [
      'two at one sample, after a gap: it is still one',
      [
        { 'core:sample_start': 0, 'core:frequency': 5 },
        { 'core:sample_start': 10, 'core:frequency': 5, 'core:global_index': 110 },
        { 'core:sample_start': 10, 'core:frequency': 6, 'core:global_index': 110 },
      ],
      [
        [5, 0n, 0],
        [6, 55_000n, 2],
      ],
    ],
    [
      'two at one sample: the later one',
      [
        { 'core:sample_start': 0, 'core:frequency': 5 },
        { 'core:sample_start': 0, 'core:frequency': 6 },
      ],
      [[6, 0n, 0]],
    ],
    ['past the end', [{ 'core:sample_start': 0, 'core:frequency': 5 }, { 'core:sample_start': 1e15 }], [[5, 0n, 0]]],
    [
      'without a frequency: it does not carry over',
      [{ 'core:sample_start': 0, 'core:frequency': 5 }, { 'core:sample_start': 10 }],
      [
        [5, 0n, 0],
        [0, 5000n, 1],
      ],
    ],
  ] as const)('%s', async (_, captures, expected) => {
    const path = folder()('rec');
    recordingOf(path, { global: base, captures, annotations: [] }, new Uint8Array(40));
    const frames = await all(fromSigmf(path, { onProblem: () => undefined }));
    expect(frames.map((f) => [f.centerFreq, f.timestampNs, f.sequence])).toEqual(expected);
  });

  it.each([
    ['counted in', 1000],
    ['not counted in', 0],
  ])('starts with core:offset %s', async (_, first) => {
    const path = folder()('rec');
    const captures = [
      { 'core:sample_start': first, 'core:frequency': 1 },
      { 'core:sample_start': first + 8, 'core:frequency': 2 },
    ];
    recordingOf(path, { global: { ...base, 'core:offset': 1000 }, captures, annotations: [] }, new Uint8Array(32));
    expect((await all(fromSigmf(path))).map((f) => [f.centerFreq, f.numSamples])).toEqual([
      [1, 8],
      [2, 8],
    ]);
  });
});

describe('what a path means', () => {
  it.each(['tone-ci8', 'tone-ci8.sigmf-meta', 'tone-ci8.sigmf-data'])('%s: a recording', async (name) => {
    expect((await readSigmf(fixture(name))).map((r) => r.name)).toEqual(['tone-ci8']);
  });

  it('ncd.dat: a file with metadata beside it, and headers in it', async () => {
    const plain = await all(fromSigmf(fixture('tone-cu8')));
    for (const name of ['ncd', 'ncd.dat']) {
      const frames = await all(fromSigmf(fixture(name)));
      expect(frames.flatMap((f) => [...f.samples])).toEqual(plain.flatMap((f) => [...f.samples]));
    }
  });

  it.each([
    ['tone-archive.sigmf', 'tone-cf32-le'],
    ['tone-archive', 'tone-cf32-le'],
    ['archive-flat.sigmf', 'tone-ci8'],
  ])('%s: an archive', async (name, same) => {
    expect(await all(fromSigmf(fixture(name), { verify: true }))).toEqual(await all(fromSigmf(fixture(same))));
  });

  it('of several recordings all are read, in the order of the collection, or the one that is named', async () => {
    const names = ['archive-two.sigmf', 'tones.sigmf-collection', 'tones'];
    for (const name of names) {
      expect((await readSigmf(fixture(name))).map((r) => r.name)).toEqual(['tone-ci8', 'tone-cu8']);
      const frames = await all(fromSigmf(fixture(name)));
      expect(frames.map((f) => f.sequence)).toEqual([0, 1, 1 + 2, 4, 5, 5 + 2]);
      expect(await all(fromSigmf(fixture(name), { recording: 'tone-cu8' }))).toEqual(
        await all(fromSigmf(fixture('tone-cu8'))),
      );
    }
    const error = await failure(fromSigmf(fixture('tones'), { recording: 'tone' }));
    expect(error.message).toMatch(/tones has no recording 'tone'; it has tone-ci8, tone-cu8$/);
  });
});

describe('what is asked for', () => {
  const tone = fixture('tone-ci8');
  const values = async (options: SigmfFrameOptions) =>
    (await all(fromSigmf(tone, options))).flatMap((f) => [...f.samples]);

  it('from and to count samples, or are times', async () => {
    const whole = await values({});
    const startNs = 1_700_000_000_123_456_789n;
    expect(await values({ from: 3, to: 90 })).toEqual(whole.slice(6, 180));
    expect(await values({ from: startNs + 1500n })).toEqual(whole.slice(6));
    expect(await values({ from: startNs + 1501n })).toEqual(whole.slice(8));
    expect(await values({ to: startNs + 1500n })).toEqual(whole.slice(0, 6));
    expect(await values({ from: startNs + 400_000n })).toEqual(whole.slice(128)); // within the gap
    expect(await values({ from: 96 })).toEqual([]);
    expect(await values({ from: 50, to: 10 })).toEqual([]);
    const [first] = await all(fromSigmf(tone, { from: 3 }));
    expect(first?.timestampNs).toBe(startNs + 1500n);
  });

  it('positions count through all recordings of a collection', async () => {
    const frames = await all(fromSigmf(fixture('tones'), { from: 95, to: 98 }));
    expect(frames.map((f) => f.numSamples)).toEqual([1, 2]);
  });

  it('loop begins again: so many times, or for ever', async () => {
    const once = await values({});
    expect(await values({ loop: 3 })).toEqual([...once, ...once, ...once]);
    const many = await all(fromSigmf(tone, { loop: true }).pipe(take(100)));
    expect(many.map((f) => f.numSamples)).toEqual(Array.from({ length: 100 }, () => 32));
    expect(await values({ loop: true, from: 96 })).toEqual([]);
  });

  it.each(['tone-ci8', 'tone-rf32-le'])('pace gives the same blocks of %s, at their rate', async (name) => {
    expect(await all(fromSigmf(fixture(name), { pace: true }))).toEqual(await all(fromSigmf(fixture(name))));
  });

  it('several channels become streams', async () => {
    const path = folder()('rec');
    recordingOf(
      path,
      { global: { ...base, 'core:num_channels': 2 }, captures: [], annotations: [] },
      Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]),
    );
    const frames = await all(fromSigmf(path));
    expect(frames.map((f) => [f.streamId, f.sequence, ...f.samples])).toEqual([
      [0, 0, 1, 2, 5, 6],
      [1, 0, 3, 4, 7, 8],
    ]);
    recordingOf(
      path,
      { global: { ...base, 'core:datatype': 'ri8', 'core:num_channels': 2 }, captures: [], annotations: [] },
      Uint8Array.from([1, 2, 3, 4]),
    );
    const items = await all(fromSigmf(path, { items: true }));
    expect(items.map((value) => [value.streamId, ...value.items])).toEqual([
      [0, 1, 3],
      [1, 2, 4],
    ]);
  });

  it('demand is kept: it emits when asked, and reads two blocks ahead at most', async () => {
    let room = 1;
    const waiters: Waiter[] = [];
    const demand: Demand = {
      hasRoom: () => room > 0,
      wait: (waiter) => void waiters.push(waiter),
      leave: () => undefined,
      pass: () => undefined,
      ended: false,
    };
    const seen = collect(fromSigmf(tone, { blockSamples: 1, demand }).pipe(map((f) => ((room -= 1), f))));
    await seen.first(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.values).toHaveLength(1);
    room = 2;
    waiters.shift()?.room();
    await seen.first(3);
    expect(seen.values).toHaveLength(3);
  });

  it('a consumer below holds it', async () => {
    const open = new Subject<void>();
    const seen: number[] = [];
    const done = collect(fromSigmf(tone).pipe(pacedMap((f) => (seen.push(f.sequence), open.pipe(take(1))))));
    await expect.poll(() => seen).toEqual([0]);
    open.next();
    await expect.poll(() => seen).toEqual([0, 1]);
    open.next();
    await expect.poll(() => seen).toEqual([0, 1, 3]);
    open.next();
    await done.completed;
  });

  it('is cold, and one value serves two', async () => {
    const source = fromSigmf(tone);
    expect(await all(source)).toEqual(await all(source));
    await all(
      source.pipe(
        take(1),
        concatMap(() => of(1)),
      ),
    );
    collect(source.pipe(pacedMap(() => NEVER))).unsubscribe();
  });

  it('large blocks can be given back', async () => {
    const path = folder()('rec');
    const global = { ...base, 'core:datatype': 'cf32_le' };
    const data = new Float32Array(2 * 65_536 * 8).map((_, i) => i);
    recordingOf(path, { global, captures: [], annotations: [] }, new Uint8Array(data.buffer));
    const buffers = new Set<ArrayBufferLike>();
    let at = 0;
    await all(
      fromSigmf(path).pipe(
        map((f) => {
          expect(f.samples[0]).toBe(at);
          at += f.samples.length;
          buffers.add(f.samples.buffer);
          release(f);
        }),
      ),
    );
    expect(at).toBe(data.length);
    expect(buffers.size).toBeLessThan(8);
  });
});
