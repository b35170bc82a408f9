import fc from 'fast-check';
import { from, of, Subject } from 'rxjs';
import {
  cf128ToFloat64,
  convertSamples,
  float64ToCf128,
  type Frame,
  frame,
  OptionError,
  type SampleType,
  type Saturation,
} from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { samplesOf } from '../frame/arbitraries.js';
import { behavesAsOperator, counted } from '../helpers/signals.js';

const types: readonly SampleType[] = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'cf128'];
const bits: Partial<Record<SampleType, number>> = { ci8: 8, ci16: 16, ci32: 32 };
const loud = counted([200], { sampleRate: 8000, centerFreq: 1e6, streamId: 4, peer: 3, sequence: 9, flags: 1 });

behavesAsOperator(convertSamples('ci16'));
behavesAsOperator(convertSamples('cf32'), (given) => ({
  ...given,
  sampleType: 'cf32',
  samples: Float32Array.from(given.samples, (value) => value / 32768),
}));

/** What comes of a frame, and what was told. */
function converted<T extends SampleType>(given: Frame, to: T) {
  const told: Saturation[] = [];
  const results: Frame<T>[] = [];
  of(given)
    .pipe(convertSamples(to, { onSaturated: (saturation) => told.push(saturation) }))
    .subscribe((result) => results.push(result));
  expect(results).toHaveLength(1);
  return { result: results[0]!, told };
}

const numbersOf = ({ sampleType, samples }: Frame): number[] =>
  sampleType === 'cf128' ? [...cf128ToFloat64(samples)] : [...samples];

/** The slow way: each number as a part of full scale, then as the other type. */
function slowly(values: readonly number[], from: SampleType, to: SampleType): { values: number[]; saturated: number } {
  const parts = values.map((value) => (bits[from] ? value / 2 ** (bits[from] - 1) : value));
  if (to === 'cf32') return { values: parts.map((part) => Math.fround(part)), saturated: 0 };
  if (!bits[to]) return { values: parts, saturated: 0 };
  const full = 2 ** (bits[to] - 1);
  const rounded = parts.map((part) => Math.floor(part * full + 0.5));
  const fits = rounded.map((value) => (Number.isNaN(value) ? 0 : Math.min(Math.max(value, -full), full - 1)));
  return { values: fits, saturated: rounded.filter((value, i) => value !== fits[i]).length };
}

/** Numbers about full scale of each type, and any bits. */
const frames = fc.constantFrom(...types).chain((sampleType) => {
  const near = fc
    .array(fc.oneof(fc.double({ min: -1.5, max: 1.5, noNaN: true }), fc.constantFrom(0, 1, -1, 0.5, NaN, Infinity)), {
      minLength: 1,
      maxLength: 20,
    })
    .map((values) => {
      const both = Float64Array.from(values.flatMap((value) => [value, -value]));
      return frame(both, { timestampNs: 0n });
    })
    .map((given) => (sampleType === 'cf64' ? given : converted(given, sampleType).result));
  const any = samplesOf(sampleType).map((samples) =>
    frame(samples as Uint8Array, { sampleType: sampleType as 'cf128' }),
  );
  return fc.oneof(near, any as fc.Arbitrary<Frame>);
});

describe.each(types)('to %s', (to) => {
  it('agrees with the slow way, from every type', () => {
    fc.assert(
      fc.property(frames, (given) => {
        const { result, told } = converted(given, to);
        const slow = slowly(numbersOf(given), given.sampleType, to);
        expect(result.sampleType).toBe(to);
        expect(numbersOf(result).map((value) => value + 0)).toEqual(slow.values.map((value) => value + 0));
        if (given.sampleType !== to) expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(slow.saturated);
        expect(result.numSamples).toBe(given.numSamples);
      }),
      { numRuns: 200 },
    );
  });

  it.each(types)('from %s keeps all else', (type) => {
    const given = converted(loud, type).result;
    const { result } = converted(given, to);
    expect({ ...result, samples: 0, sampleType: 0 }).toEqual({ ...loud, samples: 0, sampleType: 0 });
    if (type === to) expect(result).toBe(given); // and copies nothing
  });

  it('and back gives the same, if it is wide enough', () => {
    const wider: SampleType[] = ['ci8', 'ci16', ...(to === 'ci16' || to === 'cf32' ? [] : (['ci32'] as const))];
    if (to === 'ci8') return;
    for (const type of wider) {
      const most = 2 ** (bits[type]! - 1);
      const values = [0, 1, -1, most - 1, -most, 5];
      const given = converted(frame(Float64Array.from(values, (value) => value / most)), type).result;
      expect(numbersOf(converted(converted(given, to).result as Frame, type).result)).toEqual(values);
    }
  });
});

it.each<[number, number, number]>([
  [1, 127, 1],
  [0.996, 127, 0],
  [-1, -128, 0],
  [-1.01, -128, 1],
  [0.5 / 128, 1, 0], // halves upwards
  [-0.5 / 128, 0, 0],
  [1.5 / 128, 2, 0],
  [NaN, 0, 1],
  [Infinity, 127, 1],
  [-Infinity, -128, 1],
])('%d as ci8 is %d', (value, expected, saturated) => {
  const { result, told } = converted(frame(new Float64Array([value, 0])), 'ci8');
  expect(result.samples[0]! + 0).toBe(expected);
  expect(told.map(({ count }) => count)).toEqual(saturated ? [1] : []);
});

it('counts frame by frame and in all, for each subscription', () => {
  const told: [number, number, Frame][] = [];
  const quiet = frame(new Float32Array([0.5, 0.5]));
  const clipped = frame(new Float32Array([2, -2, 0, 3]));
  const operator = convertSamples('ci16', {
    onSaturated: ({ count, total, frame: given }) => told.push([count, total, given]),
  });
  for (let i = 0; i < 2; i += 1) from([clipped, quiet, clipped]).pipe(operator).subscribe();
  expect(told).toEqual([
    [3, 3, clipped],
    [3, 6, clipped],
    [3, 3, clipped],
    [3, 6, clipped],
  ]);
});

it('tells a Subject, and gives what a listener throws as an error', () => {
  const clipped = frame(new Float32Array([2, 0]));
  const events = new Subject<Saturation>();
  const counts: number[] = [];
  events.subscribe(({ count }) => counts.push(count));
  of(clipped)
    .pipe(convertSamples('ci8', { onSaturated: events }))
    .subscribe();
  expect(counts).toEqual([1]);

  const errors: unknown[] = [];
  const failure = new Error('failure');
  const onSaturated = () => {
    throw failure;
  };
  const source = new Subject<Frame>();
  source.pipe(convertSamples('ci8', { onSaturated })).subscribe({ error: (error: unknown) => errors.push(error) });
  source.next(clipped);
  expect(errors).toEqual([failure]);
  expect(source.observed).toBe(false);
});

it('takes cf128 at any offset', () => {
  const bytes = new Uint8Array(33);
  bytes.set(float64ToCf128(new Float64Array([0.5, -0.25])), 1);
  const given = frame(bytes.subarray(1), { sampleType: 'cf128' });
  expect(converted(given, 'ci8').result.samples).toEqual(new Int8Array([64, -32]));
});

it('refuses wrong arguments at the call', () => {
  expect(() => convertSamples('cf16' as never)).toThrow(OptionError);
  expect(() => convertSamples('cf16' as never)).toThrow(/convertSamples: sampleType must be .*did you mean/);
  expect(() => convertSamples('cf32', { onSaturated: 1 } as never)).toThrow(/onSaturated/);
  expect(() => convertSamples('cf32', { onClip: () => undefined } as never)).toThrow(/unknown option/);
});
