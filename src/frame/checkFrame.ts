import { FrameError } from '../samples/FrameError.js';
import type { Frame } from './types.js';
import { checkSampleMemory } from '../samples/checkSamples.js';
import { MAX_U32, MAX_U64, PROTOCOL } from './header.js';
import { type SampleTypeInfo, SAMPLE_TYPES, sampleTypeByName } from '../samples/sampleTypes.js';
import { describe } from '../basics/describe.js';

/**
 * Checks that a value of the user is a frame that can be sent, and returns its sample type.
 *
 * Rates may be any number, also NaN: a received frame can always be relayed. `numSamples` is not checked: the sink counts the
 * samples, so `{ ...frame, samples }` is a frame with any number of samples.
 *
 * @throws FrameError `'value'` naming the field and its value, `'protocol'` if that is not 0, `'length'` for no samples or half a sample.
 */
export function checkFrame(value: unknown): SampleTypeInfo {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notFrame(value);
  const frame = value as Frame;
  const { samples, sequence, timestampNs, streamId, flags, version, peer } = frame;

  const info = sampleTypeByName(frame.sampleType);
  if (info === undefined) throw unknownType(frame.sampleType, value);
  if (!ArrayBuffer.isView(samples) || samples[Symbol.toStringTag] !== info.arrayName) throw wrongClass(samples, info);
  checkSampleMemory(samples, info);

  if (typeof frame.sampleRate !== 'number') throw wrongField('sampleRate', 'a number', frame.sampleRate);
  if (typeof frame.centerFreq !== 'number') throw wrongField('centerFreq', 'a number', frame.centerFreq);
  if (!Number.isSafeInteger(sequence) || sequence < 0) {
    throw wrongField('sequence', 'an integer from 0 to 2 ** 53 - 1', sequence);
  }
  if (typeof timestampNs !== 'bigint' || timestampNs < 0n || timestampNs > MAX_U64) {
    throw wrongField('timestampNs', 'a bigint from 0n to 2n ** 64n - 1n', timestampNs);
  }
  // strict equality also refuses values that are not numbers; `typeof` keeps a bigint or symbol from throwing a TypeError at >>>
  if (typeof streamId !== 'number' || streamId >>> 0 !== streamId) throw wrongField('streamId', UINT32, streamId);
  if (typeof flags !== 'number' || flags >>> 0 !== flags) throw wrongField('flags', UINT32, flags);
  if (frame.protocol !== PROTOCOL) {
    throw new FrameError('protocol', `protocol must be 0 (SIGS), not ${describe(frame.protocol)}`);
  }
  if (typeof version !== 'number' || version >>> 0 !== version) throw wrongField('version', UINT32, version);
  if (peer !== undefined && typeof peer !== 'number') throw wrongField('peer', 'a number, or left out', peer);
  return info;
}

const UINT32 = `an integer from 0 to ${MAX_U32}`;

function wrongField(name: string, wanted: string, value: unknown): FrameError {
  return new FrameError('value', `${name} must be ${wanted}, not ${describe(value)}`);
}

function notFrame(value: unknown): FrameError {
  const hint = Array.isArray(value) ? '; samples are a typed array: Float32Array.from(array) makes one' : '';
  return new FrameError('value', `a frame must be an object with samples, not ${describe(value)}${hint}`);
}

function unknownType(sampleType: unknown, value: object): FrameError {
  if (!('sampleType' in value) && !('samples' in value)) return notFrame(value);
  return wrongField('sampleType', `one of ${SAMPLE_TYPES.map(({ name }) => `'${name}'`).join(', ')}`, sampleType);
}

function wrongClass(samples: unknown, { name, arrayName }: SampleTypeInfo): FrameError {
  return wrongField(
    'samples',
    `${arrayName.startsWith('I') ? 'an' : 'a'} ${arrayName}, as sampleType is '${name}'`,
    samples,
  );
}
