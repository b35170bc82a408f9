/** The value that as many are below as above, and the range that half of them are in. */
export interface Summary {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Rounds ran next to each other are compared with each other: what slows both down is in neither ratio. */
export function ratios(values: readonly number[], baseline: readonly number[]): number[] {
  return values.map((value, i) => value / (baseline[i] ?? NaN));
}

/** The same, in the unit they were measured in. */
export function differences(values: readonly number[], baseline: readonly number[]): number[] {
  return values.map((value, i) => value - (baseline[i] ?? NaN));
}

/** Of what was measured once. */
export function single(value: number): Summary {
  return { median: value, low: value, high: value };
}

function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}
