/** Any array of numbers that can be read and written. */
interface Numbers {
  readonly length: number;
  [index: number]: number;
}

/**
 * Writes numbers as integers: each times `scale` (plus `offset`), rounded to the nearest, halves upwards. Numbers out of range
 * become the nearest limit, NaN becomes 0.
 *
 * @returns how many numbers did not fit
 */
export function quantize(
  from: Readonly<Numbers>,
  to: Numbers,
  scale: number,
  least: number,
  most: number,
  offset = 0,
): number {
  let saturated = 0;
  for (let i = 0; i < from.length; i += 1) {
    const value = Math.round(from[i]! * scale + offset);
    if (value >= least && value <= most) {
      to[i] = value;
    } else {
      to[i] = value > most ? most : value < least ? least : Math.round(offset);
      saturated += 1;
    }
  }
  return saturated;
}

/** Writes numbers, each times `scale`, as floats. */
export function rescale(from: Readonly<Numbers>, to: Numbers, scale: number): void {
  for (let i = 0; i < from.length; i += 1) to[i] = from[i]! * scale;
}
