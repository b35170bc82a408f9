import { withPrefix } from '../../spectrum/text.js';
import type { Totals } from './Totals.js';

/** How fast it goes now. */
export interface Rates {
  readonly samplesPerSecond: number;
  readonly bytesPerSecond: number;
}

const BAR = 20;

/** One line about how far something is: a bar where the end is known, duration, rate, size, loss, time left. */
export function progressText(totals: Totals, rates: Rates, goal: number | undefined, width: number): string {
  const { samples, bytes, lost, duration } = totals;
  const done = goal === undefined || goal === 0 ? undefined : Math.min(1, samples / goal);
  const left = goal !== undefined && rates.samplesPerSecond > 0 ? (goal - samples) / rates.samplesPerSecond : undefined;
  const pieces = [
    ...(done === undefined ? [] : [`${bar(done)} ${(done * 100).toFixed(0).padStart(3)}%`]),
    duration === undefined ? `${samples} samples` : seconds(duration),
    withPrefix(rates.samplesPerSecond, 'S/s'),
    withPrefix(bytes, 'B', 3),
    `lost ${lost}`,
    ...(left === undefined || done === 1 ? [] : [`${seconds(Math.max(0, left))} left`]),
  ];
  while (pieces.length > 1 && pieces.join('  ').length > width) pieces.pop();
  return pieces.join('  ');
}

function bar(done: number): string {
  const full = Math.round(done * BAR);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}]`;
}

/** A duration: 4.2 s, 3:04, 1:02:03. */
export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
