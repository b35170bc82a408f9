import { frequencyAxis as axisOf } from '../../spectrum/axis.js';

/** A labelled place on an axis: a column from 0. */
export interface Tick {
  readonly column: number;
  readonly label: string;
}

/** A frequency axis: its unit and its ticks. */
export interface Axis {
  readonly unit: string;
  readonly ticks: readonly Tick[];
}

/**
 * Chooses round frequencies for an axis of `width` columns. Without a frequency of the signal, `tuned`, they are offsets, with a sign.
 */
export function frequencyAxis(centre: number, span: number, width: number, tuned = centre): Axis {
  if (!(span > 0)) return { unit: 'bins', ticks: [{ column: width >> 1, label: '0' }] };
  const low = centre - span / 2;
  const { unit, ticks } = axisOf(low, centre + span / 2, Math.max(2, width / 12), tuned === 0);
  const columnOf = (frequency: number): number => Math.min(width - 1, Math.round(((frequency - low) / span) * width));
  return { unit, ticks: ticks.map(({ value, label }) => ({ column: columnOf(value), label })) };
}

/** Writes the labels under their ticks, leaving out those that would touch the one before. */
export function placeLabels(ticks: readonly Tick[], width: number): string {
  let line = '';
  for (const { column, label } of ticks) {
    const start = Math.min(column - (label.length >> 1), width - label.length);
    if (start < 0 || (line !== '' && start <= line.length)) continue;
    line = line.padEnd(start) + label;
  }
  return line.padEnd(width);
}
