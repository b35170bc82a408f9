/** The levels at the lower and the upper edge of the picture, in dBFS. */
export interface Scale {
  readonly bottom: number;
  readonly top: number;
}

/** Fits the scale to a spectrum, in steps of 10 dB and only when it no longer fits, so that the picture stays calm. */
export function fitScale(previous: Scale | undefined, spectrum: Float32Array): Scale {
  const sorted = Float32Array.from(spectrum).sort();
  const noise = sorted[sorted.length >> 2]!; // the lower quartile is noise in all but the fullest bands
  const peak = sorted.at(-1)!;
  const keepsBottom = previous && noise > previous.bottom && noise < previous.bottom + 15;
  const bottom = keepsBottom ? previous.bottom : 10 * Math.floor((noise - 2) / 10);
  const keepsTop = previous && peak < previous.top && peak > previous.top - 25;
  const top = keepsTop ? previous.top : 10 * Math.ceil((peak + 3) / 10);
  return { bottom, top: Math.max(top, bottom + 40) };
}
