import { frame } from '../frame/frame.js';
import type { FrameOptions } from '../frame/frameOptions.js';
import type { SampleType, SamplesByType } from '../samples/types.js';
import type { Frame, FrameOf } from '../frame/types.js';
import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { nameFields } from './compare/namedFields.js';

/** Samples in a test: interleaved I and Q; plain numbers are `cf32`. */
export type TestSamples = readonly number[] | SamplesByType[SampleType];

/** Fields of a frame that a test sets; all others may be any. */
export interface FrameFields {
  readonly samples: TestSamples;
  readonly sampleType?: SampleType | undefined;
  readonly sampleRate?: number | undefined;
  readonly centerFreq?: number | undefined;
  readonly sequence?: number | undefined;
  readonly timestampNs?: bigint | undefined;
  readonly streamId?: number | undefined;
  readonly flags?: number | undefined;
}

/** The input of {@link frames}: samples alone, or with other fields. */
export type FrameSpec = TestSamples | FrameFields;

/** The Frame of a {@link FrameSpec}. */
export type FrameFromSpec<S> = S extends readonly number[]
  ? Frame<'cf32'>
  : S extends { readonly samples: infer T }
    ? FrameFromSpec<T>
    : S extends Int8Array
      ? FrameOf<'ci8'>
      : S extends Int16Array
        ? FrameOf<'ci16'>
        : S extends Int32Array
          ? FrameOf<'ci32'>
          : S extends Float32Array
            ? FrameOf<'cf32'>
            : S extends Float64Array
              ? FrameOf<'cf64'>
              : S extends Uint8Array
                ? FrameOf<'cf128'>
                : Frame;

/**
 * Frames by letter, for the values of marble diagrams, both fed and expected.
 *
 * Each is a whole {@link Frame}, with sequence 0 and timestamp 0 unless you set them. An expected frame is compared by its samples
 * and by the fields that you set here; a sequence, timestamp or rate that you did not set may be any. A copy,
 * `{ ...x.a, sequence: 1 }`, is compared by all its fields.
 *
 * @param values the value of each letter
 * @param common fields of all frames
 * @throws OptionError if a value cannot be a frame
 * @throws FrameError if samples are invalid
 * @example
 * ```ts
 * const x = frames({ a: [1, 0], b: { samples: [0, 1], centerFreq: 100e6 } }, { sampleRate: 2.4e6 });
 * const y = frames('abc', (letter, index) => [index, 0]);
 * ```
 */
export function frames<const T extends Readonly<Record<string, FrameSpec>>>(
  values: T,
  common?: Omit<FrameFields, 'samples'>,
): { readonly [K in keyof T]: FrameFromSpec<T[K]> };
/**
 * The same, for letters with a function that makes their values.
 *
 * @param letters the letters of marbles
 * @param make makes the value of a letter
 * @param common fields of all frames
 */
export function frames<S extends FrameSpec>(
  letters: string,
  make: (letter: string, index: number) => S,
  common?: Omit<FrameFields, 'samples'>,
): Readonly<Record<string, FrameFromSpec<S>>>;
export function frames(values: object | string, makeOrCommon: unknown = {}, third: object = {}): object {
  const make = typeof makeOrCommon === 'function' ? (makeOrCommon as (letter: string, index: number) => unknown) : null;
  const common = make ? third : (makeOrCommon as object);
  if (typeof values === 'string' && !make) {
    throw new OptionError('make', makeOrCommon, `frames: letters need a function that makes their frames`);
  }
  const specs =
    typeof values === 'string'
      ? Array.from(values).map((letter, i) => [letter, make?.(letter, i)] as const)
      : Object.entries(values);
  return Object.fromEntries(
    specs.map(([letter, spec]: readonly [string, unknown]) => [letter, frameOf(letter, spec, common)]),
  );
}

function frameOf(letter: string, spec: unknown, common: object): Frame {
  const isBare = Array.isArray(spec) || ArrayBuffer.isView(spec);
  const chosen = { ...common, ...(isBare ? { samples: spec } : (spec as object)) } as FrameFields;
  const { samples, sequence = 0, ...options } = chosen;
  if (!Array.isArray(samples) && !ArrayBuffer.isView(samples)) {
    const text = `frames: '${letter}' must be samples, or an object with samples, got ${describe(spec)}`;
    throw new OptionError(letter, spec, text);
  }
  const array = Array.isArray(samples) ? new Float32Array(samples as number[]) : samples;
  const made = frame(array as Float32Array, { timestampNs: 0n, ...options } as FrameOptions<'cf32'>);
  return nameFields(
    { ...made, sequence },
    Object.entries(chosen)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name),
  );
}
