import { withPrefix } from '../../spectrum/text.js';
import type { Figures } from './stats.js';
import { areClocksApart, decibels, milliseconds, SILENCE_DB } from './text.js';

/** One line about a whole reception. */
export function summary(total: Figures): string {
  if (total.frames === 0) return 'summary: 0 frames';
  return [
    `summary: ${total.frames} frames`,
    `lost ${total.lost}`,
    withPrefix(total.samplesPerSecond, 'S/s'),
    `${total.framesPerSecond.toFixed(1)} frames/s`,
    withPrefix(total.bytesPerSecond, 'B/s', 3),
    latency(total),
    total.peakDb > SILENCE_DB
      ? `level ${decibels(total.rmsDb)} dBFS rms, ${decibels(total.peakDb)} dBFS peak`
      : 'no level',
  ].join(', ');
}

/** A clock that is far off makes no latency: neither is worth saying. */
function latency({ latencyMs, latencyMaxMs }: Figures): string {
  if (areClocksApart(latencyMs) || areClocksApart(latencyMaxMs)) return 'latency unknown, clocks differ';
  return `latency ${milliseconds(latencyMs)} mean, ${milliseconds(latencyMaxMs)} max`;
}
