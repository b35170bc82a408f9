/** Which bins each column of a picture shows: from `from[x]` to before `to[x]`; none where they are the same. */
export interface Columns {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Divides a stretch of a spectrum into columns. Every bin belongs to a column, and every column within the spectrum has a bin.
 *
 * @param bins of the whole spectrum
 * @param low where the stretch begins, in bins; a fraction, or outside of the spectrum, too
 * @param high where it ends
 */
export function columnsOf(width: number, bins: number, low: number, high: number): Columns {
  const from = new Int32Array(width);
  const to = new Int32Array(width);
  const perColumn = (high - low) / width;
  for (let x = 0; x < width; x += 1) {
    const [begin, end] = [low + x * perColumn, low + (x + 1) * perColumn];
    if (end <= 0 || begin >= bins) continue;
    // a bin belongs to the column in which its middle is; a column without a middle shows the bin that it is in
    const first = Math.ceil(begin - 0.5);
    const last = Math.ceil(end - 0.5);
    from[x] = Math.max(0, Math.min(bins - 1, last > first ? first : Math.floor((begin + end) / 2)));
    to[x] = Math.min(bins, last > first ? Math.max(last, from[x]! + 1) : from[x]! + 1);
  }
  return { from, to };
}

/** The strongest bin of each column, so that no tone hides between two; NaN where there is none. */
export function strongestOf(values: ArrayLike<number>, { from, to }: Columns, into: Float32Array): Float32Array {
  for (let x = 0; x < into.length; x += 1) {
    let most = from[x]! < to[x]! ? values[from[x]!]! : NaN;
    for (let bin = from[x]! + 1; bin < to[x]!; bin += 1) if (values[bin]! > most) most = values[bin]!;
    into[x] = most;
  }
  return into;
}

/** The weakest bin of each column; NaN where there is none. */
export function weakestOf(values: ArrayLike<number>, { from, to }: Columns, into: Float32Array): Float32Array {
  for (let x = 0; x < into.length; x += 1) {
    let least = from[x]! < to[x]! ? values[from[x]!]! : NaN;
    for (let bin = from[x]! + 1; bin < to[x]!; bin += 1) if (values[bin]! < least) least = values[bin]!;
    into[x] = least;
  }
  return into;
}
