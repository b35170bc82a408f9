import { cfft } from 'fourier-transform';
import type { Frame } from '../frame/types.js';
import { numbersOf } from './numbersOf.js';
import { type WindowName, windowValues } from './windows.js';

/** One transform of a block of samples. */
export interface Block {
  /** The power in each bin, lowest frequency first; 1 is a full-scale tone. The next block overwrites it. */
  readonly power: Float64Array;
  /** How many samples were transformed: as many as there are bins, or fewer at the end of a short run. */
  readonly samples: number;
  /** The frame in which the block ends, and how many of its samples come before the end of the block. */
  readonly frame: Frame;
  readonly end: number;
}

/**
 * Transforms the samples of frames, in blocks of as many samples as there are bins. Only samples that belong together form a block:
 * a missing frame, and another sample rate, frequency, stream or peer begin a new run.
 */
export class SpectrumAnalyser {
  /** From the start of one block to the start of the next, in samples; it may be a fraction. Blocks may overlap. */
  hop: number;
  readonly bins: number;
  readonly window: WindowName;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #blockRe: Float64Array;
  readonly #blockIm: Float64Array;
  readonly #power: Float64Array;
  readonly #block: (block: Block) => void;
  #last: Frame | undefined;
  /** How many samples the last frame had. */
  #count = 0;
  #filled = 0;
  /** Samples to leave out before the next block. */
  #skip = 0;
  /** The fraction of a sample by which the next block begins too early. */
  #rest = 0;
  /** Whether the run has had a block. */
  #hasBlock = false;
  #squares = 0;
  #counted = 0;
  #peakSquare = 0;
  #faults = 0;

  /**
   * @param bins a power of two, from 2
   * @param block receives each transform
   */
  constructor(bins: number, window: WindowName, hop: number, block: (block: Block) => void) {
    this.bins = bins;
    this.window = window;
    this.hop = hop;
    this.#re = new Float64Array(bins);
    this.#im = new Float64Array(bins);
    this.#blockRe = new Float64Array(bins);
    this.#blockIm = new Float64Array(bins);
    this.#power = new Float64Array(bins);
    this.#block = block;
  }

  /** Whether a frame goes on where the one before ended. */
  follows(frame: Frame): boolean {
    const last = this.#last;
    return (
      last !== undefined &&
      frame.sequence === last.sequence + 1 &&
      frame.streamId === last.streamId &&
      frame.peer === last.peer &&
      Object.is(frame.sampleRate, last.sampleRate) &&
      Object.is(frame.centerFreq, last.centerFreq)
    );
  }

  /** Takes a frame; one without samples only continues its run. */
  take(frame: Frame): void {
    if (!this.follows(frame)) this.flush();
    this.#last = frame;
    const { values, scale } = numbersOf(frame);
    const count = values.length >> 1;
    this.#count = count;
    for (let at = 0; at < count;) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, count - at);
        this.#skip -= skipped;
        at += skipped;
        continue;
      }
      const length = Math.min(this.bins - this.#filled, count - at);
      copy(values, at, length, scale, this.#re, this.#im, this.#filled);
      this.#filled += length;
      at += length;
      if (this.#filled < this.bins) break;
      this.#hasBlock = true;
      this.#transform(this.bins, frame, at);
      this.#advance();
    }
  }

  /** Ends the run. If it was too short for a block, what there is is transformed, with zeros behind it. */
  flush(): void {
    const [last, filled, hasBlock] = [this.#last, this.#filled, this.#hasBlock];
    this.#last = undefined;
    this.#filled = this.#skip = this.#rest = 0;
    this.#hasBlock = false;
    if (last !== undefined && filled > 0 && !hasBlock) this.#transform(filled, last, this.#count);
  }

  /** Forgets the run. */
  reset(): void {
    this.#hasBlock = true;
    this.flush();
  }

  /** What the transformed samples were since the last call: mean and largest squared magnitude, and blocks left out as not finite. */
  readLevels(): { readonly meanSquare: number; readonly peakSquare: number; readonly faults: number } {
    const meanSquare = this.#counted === 0 ? 0 : this.#squares / this.#counted;
    const levels = { meanSquare, peakSquare: this.#peakSquare, faults: this.#faults };
    this.#squares = this.#counted = this.#peakSquare = this.#faults = 0;
    return levels;
  }

  #advance(): void {
    const exact = this.hop + this.#rest;
    const hop = Math.max(1, Math.floor(exact));
    this.#rest = Math.max(0, exact - hop);
    if (hop >= this.bins) {
      this.#filled = 0;
      this.#skip = hop - this.bins;
      return;
    }
    this.#re.copyWithin(0, hop);
    this.#im.copyWithin(0, hop);
    this.#filled = this.bins - hop;
  }

  #transform(samples: number, frame: Frame, end: number): void {
    const window = windowValues(this.window, samples);
    const [re, im, power] = [this.#blockRe, this.#blockIm, this.#power];
    const [fromRe, fromIm] = [this.#re, this.#im];
    let squares = 0;
    let peak = 0;
    for (let i = 0; i < samples; i += 1) {
      const x = fromRe[i]!;
      const y = fromIm[i]!;
      const w = window[i]!;
      const square = x * x + y * y;
      squares += square;
      if (square > peak) peak = square;
      re[i] = x * w;
      im[i] = y * w;
    }
    if (!(squares < Infinity)) {
      this.#faults += 1;
      return;
    }
    this.#squares += squares;
    this.#counted += samples;
    this.#peakSquare = Math.max(this.#peakSquare, peak);
    re.fill(0, samples);
    im.fill(0, samples);
    cfft(re, im);
    // an FFT gives the upper half of the band first
    const half = this.bins >> 1;
    for (let i = 0; i < half; i += 1) {
      power[i] = re[i + half]! * re[i + half]! + im[i + half]! * im[i + half]!;
      power[i + half] = re[i]! * re[i]! + im[i]! * im[i]!;
    }
    this.#block({ power, samples, frame, end });
  }
}

function copy(
  values: ArrayLike<number>,
  from: number,
  length: number,
  scale: number,
  re: Float64Array,
  im: Float64Array,
  to: number,
): void {
  for (let i = 0; i < length; i += 1) {
    re[to + i] = values[2 * (from + i)]! * scale;
    im[to + i] = values[2 * (from + i) + 1]! * scale;
  }
}
