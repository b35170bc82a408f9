import { describe } from '../../basics/describe.js';
import { requireFrame } from '../../frame/requireFrame.js';
import type { Frame } from '../../frame/types.js';
import { isLine, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import { FrameError } from '../../samples/FrameError.js';

/**
 * Checks that a value can be shown.
 *
 * @throws FrameError that says what is wrong with it
 */
export function checkValue(value: unknown): Frame | SpectrumLine {
  if (!isLine(value)) {
    const { elementsPerSample } = requireFrame('Scope', value);
    const frame = value as Frame;
    const numSamples = frame.samples.length / elementsPerSample;
    return frame.numSamples === numSamples ? frame : { ...frame, numSamples };
  }
  const { levels, top, step, timestampNs } = value;
  if (levels[Symbol.toStringTag] !== 'Uint8Array' || levels.length === 0) {
    throw new FrameError(
      'value',
      `Scope: the levels of a line must be a Uint8Array with at least 1, got ${describe(levels)}`,
    );
  }
  if (!(Number.isFinite(top) && step > 0 && step < Infinity && typeof timestampNs === 'bigint')) {
    throw new FrameError('value', 'Scope: a line must have top and step in dB, and timestampNs');
  }
  return value;
}
