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
  const highest = Math.abs(centre) + span / 2;
  const [divisor, unit] =
    highest >= 1e9 ? [1e9, 'GHz'] : highest >= 1e6 ? [1e6, 'MHz'] : highest >= 1e3 ? [1e3, 'kHz'] : [1, 'Hz'];
  const step = roundStep(span / Math.max(2, width / 12));
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / divisor) - 1e-9));
  const ticks: Tick[] = [];
  for (let k = Math.ceil((centre - span / 2) / step); k * step <= centre + span / 2; k++) {
    const frequency = k * step;
    const column = Math.min(width - 1, Math.round(((frequency - centre) / span + 0.5) * width));
    const sign = tuned === 0 && frequency > 0 ? '+' : '';
    ticks.push({ column, label: frequency === 0 ? '0' : sign + (frequency / divisor).toFixed(decimals) });
  }
  return { unit, ticks };
}

/** The next of 1, 2, 5, 10, 20, 50 ... */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
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
