/** The windows of a spectrum. */
export const windowNames = ['blackman-harris', 'hann', 'flattop', 'rectangular'] as const;
export type WindowName = (typeof windowNames)[number];

/** The coefficients of sums of cosines, and how a person calls the window. */
const WINDOWS: Readonly<Record<WindowName, { readonly label: string; readonly terms: readonly number[] }>> = {
  // its side lobes, 92 dB down, leave the weak beside the strong
  'blackman-harris': { label: 'Blackman-Harris', terms: [0.35875, -0.48829, 0.14128, -0.01168] },
  hann: { label: 'Hann', terms: [0.5, -0.5] },
  // reads the level of a tone within 0.01 dB wherever it stands between two bins
  flattop: { label: 'flat top', terms: [0.21557895, -0.41663158, 0.277263158, -0.083578947, 0.006947368] },
  rectangular: { label: 'rectangular', terms: [1] },
};

/** A window of so many bins, scaled so that a tone keeps its level. */
export interface Window {
  readonly values: Float64Array;
  readonly label: string;
  /** Its equivalent noise bandwidth, in bins. */
  readonly noiseBins: number;
}

/** Makes a window. */
export function createWindow(name: WindowName, bins: number): Window {
  const { label, terms } = WINDOWS[name];
  const gain = terms[0]!;
  let squares = 0;
  const values = Float64Array.from({ length: bins }, (_, i) => {
    const value = terms.reduce((sum, term, k) => sum + term * Math.cos((2 * Math.PI * k * i) / bins), 0);
    squares += value * value;
    return value / (gain * bins);
  });
  return { values, label, noiseBins: squares / (bins * gain * gain) };
}
