import { withPrefix } from '../../spectrum/text.js';
import type { Frame } from '../../index.js';
import { decibels } from '../scope/text.js';
import { isoTime } from './isoTime.js';
import { levelOf } from './levelOf.js';

/** A frame in one line: number, samples, type, rate, frequency, level, time, and the stream if it is not 0. */
export function frameLine(frame: Frame): string {
  const { sequence, numSamples, sampleType, sampleRate, centerFreq, streamId, timestampNs } = frame;
  return [
    `#${sequence}`.padEnd(8),
    `${numSamples} ${sampleType}`.padStart(12),
    (sampleRate > 0 ? withPrefix(sampleRate, 'S/s') : 'no rate').padStart(12),
    (centerFreq === 0 ? 'no frequency' : withPrefix(centerFreq, 'Hz', 6)).padStart(14),
    `${decibels(levelOf(frame))} dBFS`.padStart(11),
    `  ${isoTime(timestampNs) ?? 'no time'}`,
    ...(streamId === 0 ? [] : [`  stream ${streamId}`]),
  ].join('');
}

/** The metadata of a frame, as JSON has it. */
export function frameFacts(frame: Frame): Readonly<Record<string, unknown>> {
  const { samples, peer, ...facts } = frame as Frame & { readonly tags?: unknown };
  const level = levelOf(frame);
  return {
    ...facts,
    ...(peer !== undefined && { peer }),
    bytes: samples.byteLength,
    rmsDbfs: Number.isFinite(level) ? Math.round(level * 100) / 100 : null,
  };
}
