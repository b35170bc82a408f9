import { FrameError } from '../samples/FrameError.js';
import { type SampleTypeInfo, sampleTypeByName } from '../samples/sampleTypes.js';
import type { Frame } from '../frame/types.js';
import { describe } from '../basics/describe.js';

/**
 * Checks that a value has whole samples of its type, or no samples, and returns that type.
 *
 * @throws FrameError `'value'` or `'length'`
 */
export function requireFrame(of: string, value: unknown): SampleTypeInfo {
  const { sampleType, samples } = Object(value) as Partial<Frame>;
  const info = sampleTypeByName(sampleType);
  if (info === undefined)
    throw new FrameError('value', `${of}: a value must be a frame, got ${describeValue(value, sampleType)}`);
  if (!ArrayBuffer.isView(samples) || samples[Symbol.toStringTag] !== info.arrayName) {
    const message = `${of}: samples must be of class ${info.arrayName}, as sampleType is '${info.name}', got ${describe(samples)}`;
    throw new FrameError('value', message);
  }
  if (samples.length % info.elementsPerSample !== 0) {
    const message = `${of}: ${samples.length} elements are not a whole number of ${info.name} samples, ${info.elementsPerSample} each`;
    throw new FrameError('length', message);
  }
  return info;
}

function describeValue(value: unknown, sampleType: unknown): string {
  return typeof value === 'object' && value !== null && 'samples' in value
    ? `sampleType ${describe(sampleType)}`
    : describe(value);
}
