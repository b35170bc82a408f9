import { attributed } from '../basics/attributed.js';
import { checkSamples } from '../samples/checkSamples.js';
import type { SampleTypeInfo } from '../samples/sampleTypes.js';
import type { SampleType, SamplesByType, SamplesOf } from '../samples/types.js';
import type { Frame } from './types.js';
import { checkOptions } from '../options/rules.js';
import { type FrameOptions, frameRules } from './frameOptions.js';
import { getTimestampNs } from '../time/getTimestampNs.js';
import { PROTOCOL, VERSION } from './header.js';

/**
 * Makes a frame of samples; the class of the array determines their type.
 *
 * The samples are not copied. `frame` counts `numSamples`; `sequence` is 0, and a sink sets its own.
 *
 * @param samples interleaved I and Q, at least one complex sample: `Int8Array` (ci8), `Int16Array` (ci16),
 * `Int32Array` (ci32), `Float32Array` (cf32), `Float64Array` (cf64), or `Uint8Array` with `sampleType: 'cf128'`
 * @param options the metadata of the frame, and for a `Uint8Array` its `sampleType`
 * @throws OptionError if an option is unknown, of a wrong type or out of range.
 * @throws FrameError if `samples` is of another class, has no samples or half a sample (`fault` is `'length'`),
 * disagrees with `sampleType`, or is in a `SharedArrayBuffer`.
 * @example
 * ```ts
 * const tone = frame(new Float32Array([1, 0, 0, 1]), { sampleRate: 2.4e6, centerFreq: 433.92e6 });
 * ```
 */
export function frame(samples: Int8Array, options?: FrameOptions<'ci8'>): Frame<'ci8'>;
export function frame(samples: Int16Array, options?: FrameOptions<'ci16'>): Frame<'ci16'>;
export function frame(samples: Int32Array, options?: FrameOptions<'ci32'>): Frame<'ci32'>;
export function frame(samples: Float32Array, options?: FrameOptions<'cf32'>): Frame<'cf32'>;
export function frame(samples: Float64Array, options?: FrameOptions<'cf64'>): Frame<'cf64'>;
export function frame<T extends SampleType>(
  samples: SamplesOf<T>,
  options: FrameOptions<T> & { readonly sampleType: T },
): Frame<T>;
export function frame(samples: SamplesByType[SampleType], options: FrameOptions = {}): Frame {
  checkOptions('frame', options, frameRules);
  const { sampleType, sampleRate = 0, centerFreq = 0, timestampNs, streamId = 0, flags = 0 } = options;
  const info = checkedSamples(samples, sampleType);
  return {
    sampleType: info.name,
    samples,
    numSamples: samples.length / info.elementsPerSample,
    sampleRate,
    centerFreq,
    sequence: 0,
    timestampNs: timestampNs ?? getTimestampNs(),
    streamId,
    flags,
    protocol: PROTOCOL,
    version: VERSION,
  } as Frame; // checkSamples has checked that class and type match
}

function checkedSamples(samples: unknown, sampleType: SampleType | undefined): SampleTypeInfo {
  try {
    return checkSamples(samples, sampleType);
  } catch (error) {
    throw attributed(error, 'frame');
  }
}
