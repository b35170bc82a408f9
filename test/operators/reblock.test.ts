import fc from 'fast-check';
import { from, map, Subject, tap } from 'rxjs';
import { type Frame, FrameError, float64ToCf128, frame, OptionError, reblock } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { heard, Inbox, Stage } from '../demand/stages.js';
import { marbles } from '../helpers/marbles.js';
import { behavesAsOperator, counted, valuesOf } from '../helpers/signals.js';

behavesAsOperator(reblock(1));

/** All blocks of such frames. */
function blocksOf<F extends Frame>(size: number, frames: readonly F[]): Frame[] {
  const blocks: Frame[] = [];
  from(frames)
    .pipe(reblock(size))
    .subscribe((block) => blocks.push(block));
  return blocks;
}

/** Frames of 1, 2, 3 ... samples that follow each other. */
const stream = (lengths: readonly number[], rate = 1000): Frame<'ci16'>[] => {
  let at = 0;
  return lengths.map((length, sequence) => {
    const values = Array.from({ length }, (_, i) => at + i);
    const timestampNs = (BigInt(at) * 1_000_000_000n) / BigInt(rate);
    at += length;
    return counted(values, { sequence, sampleRate: rate, timestampNs });
  });
};

it(
  'gives blocks as they fill, and the rest on completion',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const [a, b, c] = stream([3, 3, 3]);
    const source = cold('  -a--b--c--|', { a: a!, b: b!, c: c! });
    const expected = '     ----x--y--(z|)';
    const seen = source.pipe(reblock(4), map(valuesOf));
    expectObservable(seen).toBe(expected, { x: [0, 1, 2, 3], y: [4, 5, 6, 7], z: [8] });
    expectSubscriptions(source.subscriptions).toBe('^---------!');
  }),
);

it(
  'discards the open block on an error',
  marbles(({ cold, expectObservable }) => {
    const [a] = stream([3]);
    expectObservable(cold('-a--#', { a: a! }).pipe(reblock(2), map(valuesOf))).toBe('-x--#', { x: [0, 1] });
  }),
);

it('continues time by the rate, without drift, and numbers its blocks', () => {
  const blocks = blocksOf(
    7,
    stream(
      Array.from({ length: 300 }, () => 10),
      3000,
    ),
  );
  expect(blocks.map(({ timestampNs }) => timestampNs)).toEqual(
    blocks.map((_, i) => (BigInt(i) * 7n * 1_000_000_000n) / 3000n),
  );
  expect(blocks.map(({ sequence }) => sequence)).toEqual(blocks.map((_, i) => i));
});

it('counts time exactly at rates that are no integers', () => {
  const [tone] = stream([9]);
  const blocks = blocksOf(3, [{ ...tone!, sampleRate: 0.375 }]); // 3 samples are 8 s
  expect(blocks.map(({ timestampNs }) => timestampNs)).toEqual([0n, 8_000_000_000n, 16_000_000_000n]);
});

it.each([0, -1, NaN, Infinity])('gives blocks the time of their frame where the rate is %d', (sampleRate) => {
  const frames = stream([3, 3, 3]).map((f) => ({ ...f, sampleRate }));
  expect(blocksOf(2, frames).map(({ timestampNs }) => timestampNs)).toEqual([
    0n,
    0n,
    3_000_000n,
    6_000_000n,
    6_000_000n,
  ]);
});

it('goes no higher than a timestamp can', () => {
  const [tone] = stream([4]);
  const most = 2n ** 64n - 1n;
  expect(blocksOf(2, [{ ...tone!, timestampNs: most }]).map(({ timestampNs }) => timestampNs)).toEqual([most, most]);
});

describe('glues nothing across', () => {
  const change: [string, Partial<Frame>][] = [
    ['a rate', { sampleRate: 2000 }],
    ['a frequency', { centerFreq: 1e6 }],
    ['a stream', { streamId: 3 }],
    ['a peer', { peer: 4 }],
    ['a gap', { sequence: 7 }],
    ['a repeated frame', { sequence: 1 }],
  ];
  it.each(change)('%s', (_, fields) => {
    const [a, b, c] = stream([3, 3, 3]);
    const changed = { ...c!, ...fields } as Frame<'ci16'>;
    const blocks = blocksOf(4, [a!, b!, changed]);
    expect(blocks.map(valuesOf)).toEqual([
      [0, 1, 2, 3],
      [4, 5],
      [6, 7, 8],
    ]);
    expect(blocks[2]).toMatchObject({ timestampNs: 6_000_000n });
    const { sequence: _number, ...rest } = fields;
    expect(blocks[2]).toMatchObject(rest);
  });

  it('another sample type', () => {
    const [a] = stream([3]);
    const other = { ...frame(new Float32Array([9, 9]), { sampleRate: 1000 }), sequence: 1 };
    const blocks = blocksOf<Frame>(2, [a!, other]);
    expect(blocks.map(({ sampleType, numSamples }) => [sampleType, numSamples])).toEqual([
      ['ci16', 2],
      ['ci16', 1],
      ['cf32', 1],
    ]);
  });

  it('a gap, and leaves a number out there: a second one sees it', () => {
    const [a, b] = stream([3, 3]);
    const once = blocksOf(2, [a!, { ...b!, sequence: 5 }]);
    expect(once.map(({ sequence }) => sequence)).toEqual([0, 1, 3, 4]);
    expect(blocksOf(3, once).map(valuesOf)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('but a change of flags is none, nor is it that frames made by hand all say 0', () => {
    const [a, b] = stream([3, 3]);
    const blocks = blocksOf(6, [a!, { ...b!, sequence: 0, flags: 1 }]);
    expect(blocks.map(valuesOf)).toEqual([[0, 1, 2, 3, 4, 5]]);
    expect(blocks[0]).toMatchObject({ flags: 0, numSamples: 6 });
  });
});

describe('copies', () => {
  it('nothing where a block lies within a frame, or is all of it', () => {
    const [a] = stream([10]);
    const { buffer } = a!.samples;
    for (const block of blocksOf(4, [a!])) expect(block.samples.buffer).toBe(buffer);
    expect(blocksOf(10, [a!])[0]!.samples).toBe(a!.samples);
  });

  it('not into what was received', () => {
    const [a, b] = stream([3, 3]);
    blocksOf(6, [a!, b!])[0]!.samples.fill(7);
    expect([valuesOf(a!), valuesOf(b!)]).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });
});

it('knows that a cf128 sample is 32 bytes, in a Buffer too', () => {
  const values = float64ToCf128(Float64Array.from({ length: 10 }, (_, i) => i));
  const one = frame(Buffer.from(values.buffer, 0, 96), { sampleType: 'cf128', sampleRate: 1, timestampNs: 0n });
  const other = frame(values.subarray(96), { sampleType: 'cf128', sampleRate: 1, timestampNs: 3_000_000_000n });
  const blocks = blocksOf(2, [one, { ...other, sequence: 1 }]);
  expect(blocks.map(({ numSamples }) => numSamples)).toEqual([2, 2, 1]);
  expect(blocks.flatMap(({ samples }) => [...samples])).toEqual([...values]);
  expect(blocks.map(({ timestampNs }) => timestampNs)).toEqual([0n, 2_000_000_000n, 4_000_000_000n]);
});

it('counts the samples itself, and takes frames without any', () => {
  const [a, b, c] = stream([3, 0, 3].map((n) => n || 1));
  const empty = { ...b!, samples: new Int16Array(0), numSamples: 0 };
  expect(blocksOf(6, [{ ...a!, numSamples: 99 }, empty, c!]).map(({ numSamples }) => numSamples)).toEqual([6]);
});

it('gives an error for half a sample', () => {
  const errors: unknown[] = [];
  const [a] = stream([2]);
  from([{ ...a!, samples: new Int16Array(3) }])
    .pipe(reblock(2))
    .subscribe({ error: (error: unknown) => errors.push(error) });
  expect(errors).toEqual([expect.any(FrameError)]);
});

it('agrees with a slow model on anything', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 20 });
  const breaks = fc.array(fc.constantFrom('none', 'none', 'none', 'gap', 'rate', 'freq', 'stream'), { maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), lengths, breaks, (size, all, kinds) => {
      let sequence = 0;
      let [sampleRate, centerFreq, streamId] = [3, 0, 0];
      let value = 0;
      const frames = all.map((length, i) => {
        const kind = kinds[i];
        sequence += kind === 'gap' ? 5 : 1;
        if (kind === 'rate') sampleRate += 4;
        if (kind === 'freq') centerFreq += 1;
        if (kind === 'stream') streamId += 1;
        const values = Array.from({ length }, () => value++);
        const samples = new Int16Array(values.flatMap((v) => [v, -v]));
        const time = { sampleRate, centerFreq, streamId, timestampNs: BigInt(i) * 1_000_000_000_000n };
        return { ...counted([0], time), samples, sequence };
      });
      // sample by sample, each with all that must be alike
      interface Run {
        key: string;
        startNs: bigint;
        rate: number;
        values: number[];
      }
      const runs: Run[] = [];
      frames.forEach((f, i) => {
        const key = `${f.sampleRate} ${f.centerFreq} ${f.streamId}`;
        const last = runs.at(-1);
        const follows = i > 0 && f.sequence === frames[i - 1]!.sequence + 1 && last?.key === key;
        if (!follows) runs.push({ key, startNs: f.timestampNs, rate: f.sampleRate, values: [] });
        runs.at(-1)!.values.push(...valuesOf(f));
      });
      const expected = runs.flatMap(({ startNs, rate, values }) =>
        Array.from({ length: Math.ceil(values.length / size) }, (_, i) => ({
          values: values.slice(i * size, (i + 1) * size),
          timestampNs: startNs + (BigInt(i * size) * 1_000_000_000n) / BigInt(rate),
          sampleRate: rate,
        })),
      );
      const got = blocksOf(size, frames).map((b) => ({
        values: valuesOf(b),
        timestampNs: b.timestampNs,
        sampleRate: b.sampleRate,
      }));
      expect(got).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

it('keeps the order where the consumer feeds the source', () => {
  const [a, b, c] = stream([4, 4, 4]);
  const source = new Subject<Frame<'ci16'>>();
  const { told, observer } = heard();
  source
    .pipe(
      reblock(2),
      map(valuesOf),
      tap((values) => {
        if (values[0] === 0) {
          source.next(b!);
          source.next(c!);
          source.complete();
        }
      }),
    )
    .subscribe(observer);
  source.next(a!);
  expect(told).toEqual(['0,1', '2,3', '4,5', '6,7', '8,9', '10,11', 'complete']);
});

it('reads no more frames than the consumer has room for blocks', () => {
  const inbox = new Inbox(...stream(Array.from({ length: 20 }, () => 2)));
  const stage = new Stage(1);
  const subscription = inbox.values.pipe(reblock(6), stage.take()).subscribe();
  expect(inbox.read).toHaveLength(3);
  stage.give();
  expect(inbox.read).toHaveLength(6);
  expect(stage.ungoverned).toEqual([]);
  subscription.unsubscribe();
});

it('refuses a size that is none at the call', () => {
  for (const size of [0, -1, 1.5, NaN, undefined, '4']) expect(() => reblock(size as never)).toThrow(OptionError);
  expect(() => reblock(0)).toThrow(/reblock: size must be an integer from 1/);
});
