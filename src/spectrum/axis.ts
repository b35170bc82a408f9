/** A labelled place on an axis. */
export interface Tick {
  /** The value at the place, in the unit of the axis data: Hz, dB or seconds. */
  readonly value: number;
  readonly label: string;
}

/** A frequency axis: its unit and its ticks. */
export interface Axis {
  readonly unit: string;
  readonly ticks: readonly Tick[];
}

/** The next of 1, 2, 5, 10, 20, 50 ... */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/**
 * Chooses round frequencies from `low` to `high`, in Hz.
 *
 * @param most how many fit
 * @param isOffset whether the frequencies are offsets from an unknown centre: then they have a sign
 */
export function frequencyAxis(low: number, high: number, most: number, isOffset = false): Axis {
  const [divisor, unit] = frequencyUnit(Math.max(Math.abs(low), Math.abs(high)));
  const step = roundStep((high - low) / Math.max(1, most));
  const decimals = decimalsOf(step / divisor);
  const ticks = rounds(low, high, step).map((value) => {
    const sign = isOffset && value > 0 ? '+' : '';
    return { value, label: value === 0 ? '0' : sign + (value / divisor).toFixed(decimals) };
  });
  return { unit, ticks };
}

/** Chooses round levels from `bottom` to `top`, in dB. */
export function levelTicks(bottom: number, top: number, most: number): readonly Tick[] {
  const step = Math.max(1, roundStep((top - bottom) / Math.max(1, most)));
  return rounds(bottom, top, step).map((value) => ({ value, label: String(value) }));
}

/** The unit for frequencies up to `highest`, and its size in Hz. */
export function frequencyUnit(highest: number): readonly [divisor: number, unit: string] {
  return highest >= 1e9 ? [1e9, 'GHz'] : highest >= 1e6 ? [1e6, 'MHz'] : highest >= 1e3 ? [1e3, 'kHz'] : [1, 'Hz'];
}

/** How many decimals show a step. */
export function decimalsOf(step: number): number {
  return Math.min(12, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

function rounds(low: number, high: number, step: number): number[] {
  const values: number[] = [];
  if (!(step > 0) || !Number.isFinite(high - low)) return values;
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9 && values.length < 1000; k += 1) {
    values.push(Number((k * step).toPrecision(12)) + 0); // no -0
  }
  return values;
}
