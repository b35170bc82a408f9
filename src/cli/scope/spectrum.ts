import type { Frame } from '../../index.js';
import { SpectrumAnalyser } from '../../spectrum/SpectrumAnalyser.js';
import { decibels } from '../../spectrum/SpectrumLine.js';
import { windowFacts, type WindowName } from './windows.js';

/** Bins of a spectrum, unless something else is asked for. */
export const fftSize = 2048;
// Covers every sample at 2.048 MS/s and 15 pictures a second; of a faster signal, blocks evenly spread are taken.
const mostSamples = 80 * fftSize;
const SILENCE_DB = -200;

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
 * Makes a function that averages the spectrum of the frames it is given. It joins frames that follow each other into blocks of `bins`
 * samples, a power of two, and keeps what is left for the next call; `undefined`: not one block is full yet.
 */
export function createAnalyser(bins = fftSize, windowName: WindowName = 'blackman-harris'): Analyse {
  const mostBlocks = Math.max(2, Math.floor(mostSamples / bins));
  const sum = new Float64Array(bins);
  let blocks = 0;
  const analyser = new SpectrumAnalyser(bins, windowFacts(windowName).window, bins, ({ power }) => {
    blocks += 1;
    for (let i = 0; i < bins; i += 1) sum[i]! += power[i]!;
  });

  return (frames) => {
    const samples = frames.reduce((total, { numSamples }) => total + numSamples, 0);
    analyser.hop = bins * Math.max(1, Math.ceil(samples / bins / mostBlocks));
    blocks = 0;
    sum.fill(0);
    for (const frame of frames) analyser.take(frame);
    const { meanSquare, peakSquare } = analyser.readLevels();
    if (blocks === 0) return undefined;
    const spectrum = Float32Array.from(sum, (power) => Math.max(SILENCE_DB, decibels(power / blocks)));
    return { spectrum, meanSquare, peakSquare };
  };
}
