import { withPrefix } from '../../spectrum/text.js';
import type { Figures } from './stats.js';
import { decibels, milliseconds } from './text.js';

/** One line about a whole reception. */
export function summary(total: Figures): string {
  if (total.frames === 0) return 'summary: 0 frames';
  return [
    `summary: ${total.frames} frames`,
    `lost ${total.lost}`,
    withPrefix(total.samplesPerSecond, 'S/s'),
    `${total.framesPerSecond.toFixed(1)} frames/s`,
    withPrefix(total.bytesPerSecond, 'B/s', 3),
    `latency ${milliseconds(total.latencyMs)} mean, ${milliseconds(total.latencyMaxMs)} max`,
    `level ${decibels(total.rmsDb)} dBFS rms, ${decibels(total.peakDb)} dBFS peak`,
  ].join(', ');
}
