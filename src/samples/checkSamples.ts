import { FrameError } from './FrameError.js';
import type { SampleType } from './types.js';
import { type SampleTypeInfo, SAMPLE_TYPES, sampleTypeByArrayName } from './sampleTypes.js';
import { describe } from '../basics/describe.js';

/**
 * Checks that a value can be sent as samples, and returns their type.
 *
 * It reads the class from `Symbol.toStringTag`, as `instanceof` fails for arrays of another realm (jest, vm, iframes).
 *
 * @param sampleType the type it must have, if any; needed for a `Uint8Array`
 * @throws FrameError `'value'` for anything but a typed array of the five classes in memory of this thread, `'sampleType'` if the
 * class is not that of `sampleType`, `'length'` for no samples or half a sample.
 */
export function checkSamples(samples: unknown, sampleType: SampleType | undefined): SampleTypeInfo {
  const info = ArrayBuffer.isView(samples) ? infoOf(samples) : undefined;
  if (info === undefined) throw notSamples(samples);
  if (info.name !== sampleType && (sampleType !== undefined || info.name === 'cf128'))
    throw wrongType(info, sampleType);
  checkSampleMemory(samples as ArrayBufferView, info);
  return info;
}

/** The last class of this realm that was seen: usually all samples have the same class. */
let lastClass: unknown;
let lastInfo: SampleTypeInfo | undefined;

function infoOf(samples: ArrayBufferView): SampleTypeInfo | undefined {
  const { constructor } = samples;
  if (constructor === lastClass) return lastInfo;
  const info = sampleTypeByArrayName((samples as Float32Array)[Symbol.toStringTag]);
  if (info !== undefined && constructor === (globalThis as Record<string, unknown>)[info.arrayName]) {
    lastClass = constructor;
    lastInfo = info;
  }
  return info;
}

/**
 * Checks that samples of a known type are whole, at least one, and not in memory that other threads can write.
 *
 * @throws FrameError `'length'` or `'value'`.
 */
export function checkSampleMemory(samples: ArrayBufferView, info: SampleTypeInfo): void {
  const bytes = samples.byteLength;
  if (bytes === 0 || bytes % info.bytesPerSample !== 0) throw wrongLength(samples as Uint8Array, info);
  if (!(samples.buffer instanceof ArrayBuffer) && isShared(samples.buffer)) {
    throw new FrameError(
      'value',
      'samples are in a SharedArrayBuffer, where another thread could change them while they are sent: ' +
        'send a copy, samples.slice()',
    );
  }
}

/** Whether a buffer is a `SharedArrayBuffer`, of any realm. */
export function isShared(buffer: unknown): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

function notSamples(value: unknown): FrameError {
  const classes = SAMPLE_TYPES.map(({ arrayName, name }) => `${arrayName} (${name})`).join(', ');
  const hint = Array.isArray(value) ? '; Float32Array.from(array) makes one' : '';
  return new FrameError('value', `samples must be one of ${classes}, not ${describe(value)}${hint}`);
}

function wrongType(info: SampleTypeInfo, sampleType: SampleType | undefined): FrameError {
  const error = new FrameError(
    'sampleType',
    sampleType === undefined
      ? "a Uint8Array does not say its sample type: give sampleType: 'cf128', or an array of another class"
      : `samples in a ${info.arrayName} are ${info.name}, but sampleType is '${sampleType}'`,
  );
  error.sampleType = info.name;
  return error;
}

function wrongLength(samples: Uint8Array, info: SampleTypeInfo): FrameError {
  const { arrayName, name, elementsPerSample } = info;
  return new FrameError(
    'length',
    samples.byteLength === 0
      ? `samples is an empty ${arrayName}, or its memory was transferred away: a frame has at least 1 sample`
      : `samples is a ${arrayName} of length ${samples.length}, not a multiple of ${elementsPerSample}: ` +
          (name === 'cf128' ? 'a cf128 sample takes 32 bytes' : 'a complex sample is I and Q'),
  );
}
