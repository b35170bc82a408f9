/** The window of a transform: how the samples of a block are weighted. */
export type WindowName = 'blackmanHarris' | 'flatTop' | 'hann' | 'rectangular';

/** The factors of the cosines that a window is the sum of, without their alternating signs. */
const TERMS: Readonly<Record<WindowName, readonly number[]>> = {
  /** Side lobes 92 dB down: the weak stays visible beside the strong. */
  blackmanHarris: [0.35875, 0.48829, 0.14128, 0.01168],
  /** The level of a tone is right at any frequency. */
  flatTop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
  /** A narrow main lobe, with side lobes that fall fast. */
  hann: [0.5, 0.5],
  /** The narrowest main lobe; side lobes only 13 dB down. */
  rectangular: [1],
};

/** The names of all windows. */
export const WINDOW_NAMES = /* @__PURE__ */ Object.keys(TERMS) as readonly WindowName[];

/** How many windows are kept. */
const MOST_KEPT = 8;
const kept = /* @__PURE__ */ new Map<string, Float64Array>();

/** The values of a window, whose sum is 1: so a tone keeps its level. */
export function windowValues(name: WindowName, size: number): Float64Array {
  const key = `${name} ${size}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const terms = TERMS[name];
  const values = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const turn = (2 * Math.PI * i) / size;
    let value = 0;
    for (let k = 0; k < terms.length; k += 1) value += (k % 2 === 0 ? 1 : -1) * terms[k]! * Math.cos(k * turn);
    values[i] = value / (terms[0]! * size);
  }
  if (size === 1) values[0] = 1; // a cosine of nothing is no window
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, values);
  return values;
}

/**
 * The amplitude that a tone has in the spectrum at a distance from its frequency, relative to that at its frequency.
 *
 * @param offset in bins of a transform of as many samples as the window has
 */
export function mainLobe(name: WindowName, offset: number): number {
  const terms = TERMS[name];
  let sum = terms[0]! * sinc(offset);
  for (let k = 1; k < terms.length; k += 1) sum += (terms[k]! / 2) * (sinc(offset - k) + sinc(offset + k));
  return Math.abs(sum / terms[0]!);
}

function sinc(x: number): number {
  return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
