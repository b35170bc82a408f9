/** A place of a spectrum: where it is in the whole band, from -0.5 to 0.5, and its level in dBFS. */
export interface Reading {
  readonly at: number;
  readonly level: number;
}

/** The bins that are shown: from the first to before the last. */
export interface BinRange {
  readonly from: number;
  readonly to: number;
}

/** The bins of the shown band. */
export function shownBins(bins: number, zoom: number, centre: number): BinRange {
  const width = Math.max(2, Math.round(bins / zoom));
  const middle = (centre + 0.5) * bins;
  const from = Math.max(0, Math.min(bins - width, Math.round(middle - width / 2)));
  return { from, to: from + width };
}

/** The highest point of the shown band, by a parabola through its three highest bins: closer than a bin. */
export function peakOf(spectrum: Float32Array, { from, to }: BinRange): Reading | undefined {
  let bin = from;
  for (let i = from; i < to; i++) if (spectrum[i]! > spectrum[bin]!) bin = i;
  const level = spectrum[bin];
  if (level === undefined || level <= -199) return undefined; // silence
  const [left = level, right = level] = [spectrum[bin - 1], spectrum[bin + 1]];
  const bend = left - 2 * level + right;
  const shift = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / bend)) : 0;
  return { at: (bin + shift) / spectrum.length - 0.5, level: level - 0.25 * (left - right) * shift };
}

/** The level at a place of the whole band. */
export function readAt(spectrum: Float32Array, at: number): Reading {
  const bin = Math.max(0, Math.min(spectrum.length - 1, Math.round((at + 0.5) * spectrum.length)));
  return { at: bin / spectrum.length - 0.5, level: spectrum[bin]! };
}
