import { cfft } from 'fourier-transform';
import type { Frame } from '../../index.js';
import { levels } from '../signals/samples.js';
import { createWindow, type WindowName } from './windows.js';

/** Bins of a spectrum, unless something else is asked for. */
export const fftSize = 2048;
// Covers every sample at 2.048 MS/s and 15 pictures a second; of a faster signal, blocks evenly spread are taken.
const mostSamples = 80 * fftSize;

/** What a bunch of frames looks like. */
export interface Analysis {
  /** dBFS a bin, lowest frequency first; a full-scale tone reads 0. */
  readonly spectrum: Float32Array;
  /** Mean of the squared magnitudes; 1 is full scale. */
  readonly meanSquare: number;
  /** Largest squared magnitude. */
  readonly peakSquare: number;
}

/** Makes a spectrum of frames; see {@link createAnalyser}. */
export type Analyse = (frames: readonly Frame[]) => Analysis | undefined;

/**
 * Makes a function that averages the spectrum of the frames it is given. It joins frames into blocks of `bins` samples, a power of two,
 * and keeps what is left for the next call; `undefined`: not one block is full yet.
 */
export function createAnalyser(bins = fftSize, windowName: WindowName = 'blackman-harris'): Analyse {
  const window = createWindow(windowName, bins).values;
  const mostBlocks = Math.max(2, Math.floor(mostSamples / bins));
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const sum = new Float64Array(bins);
  let filled = 0;

  return (frames) => {
    const samples = frames.reduce((total, { numSamples }) => total + numSamples, filled);
    const every = Math.max(1, Math.ceil(samples / bins / mostBlocks));
    let block = 0;
    let used = 0;
    let squares = 0;
    let peakSquare = 0;
    sum.fill(0);

    for (const frame of frames) {
      const { values, fullScale } = levels(frame);
      for (let from = 0; from < frame.numSamples;) {
        const count = Math.min(bins - filled, frame.numSamples - from);
        if (block % every === 0) {
          for (let i = 0; i < count; i++) {
            re[filled + i] = values[2 * (from + i)]! / fullScale;
            im[filled + i] = values[2 * (from + i) + 1]! / fullScale;
          }
        }
        from += count;
        filled += count;
        if (filled < bins) continue;
        filled = 0;
        if (block++ % every !== 0) continue;
        used++;
        for (let i = 0; i < bins; i++) {
          const square = re[i]! * re[i]! + im[i]! * im[i]!;
          squares += square;
          if (square > peakSquare) peakSquare = square;
        }
        addPowers(re, im, window, sum);
      }
    }
    if (block % every !== 0) filled = 0; // the block at the end is one of those left out
    if (used === 0) return undefined;
    return { spectrum: toDecibels(sum, used), meanSquare: squares / (used * bins), peakSquare };
  };
}

function addPowers(re: Float64Array, im: Float64Array, window: Float64Array, sum: Float64Array): void {
  for (let i = 0; i < window.length; i++) {
    re[i]! *= window[i]!;
    im[i]! *= window[i]!;
  }
  cfft(re, im);
  for (let i = 0; i < window.length; i++) sum[i]! += re[i]! * re[i]! + im[i]! * im[i]!;
}

/** Puts 0 Hz in the middle: an FFT gives the upper half of the band first. */
function toDecibels(sum: Float64Array, blocks: number): Float32Array {
  const half = sum.length / 2;
  return Float32Array.from(sum, (_, bin) => {
    const power = sum[(bin + half) % sum.length]! / blocks;
    return 10 * Math.log10(power + 1e-20); // digital silence is -200 dB, not minus infinity
  });
}
