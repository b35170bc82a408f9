import type { Frame } from '../../frame/types.js';
import { type Block, SpectrumAnalyser } from '../../spectrum/SpectrumAnalyser.js';
import { isLine, levelPowers, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import { type Band, bandOf, isSameBand } from './Band.js';
import type { CoreSettings } from './settings.js';

/** How many transforms a frame has at most where not every sample is transformed. */
const MOST_BLOCKS = 16;

/** The most power that is shown, 300 dBFS: what is infinite in 32 bits would make every average after it NaN. */
const MOST_POWER = 1e30;

/** The levels of what was taken since the last picture. */
export interface PictureLevels {
  /** Powers; 1 is full scale. */
  readonly meanSquare: number;
  readonly peakSquare: number;
  /** Blocks that were left out, as they had NaN or infinity. */
  readonly faults: number;
}

/** Spectra of what is taken between two pictures, and what is held and averaged from picture to picture. */
export class Spectra {
  band: Band | undefined;
  /** The spectrum of this picture, as powers. */
  picture = new Float32Array();
  /** What is shown: the average over pictures. */
  shown = new Float32Array();
  /** The strongest and the weakest since the last reset. */
  peak = new Float32Array();
  minimum = new Float32Array();
  average: number;
  readonly #settings: CoreSettings;
  readonly #analyser: SpectrumAnalyser;
  #sum = new Float64Array();
  #most = new Float32Array();
  #blocks = 0;
  #isFirst = true;
  /** Powers of the levels of the last line, and what they were made for. */
  #powers: { readonly top: number; readonly step: number; readonly values: Float64Array } | undefined;
  /** Of lines, which bring their own. */
  #lineLevels: { meanSquare: number; peakSquare: number } | undefined;

  constructor(settings: CoreSettings) {
    this.#settings = settings;
    this.average = settings.average;
    const { bins, window } = settings;
    this.#analyser = new SpectrumAnalyser(bins, window, bins, (block) => this.#addBlock(block));
  }

  take(value: Frame | SpectrumLine): void {
    if (isLine(value)) this.#takeLine(value);
    else {
      this.#analyser.hop = this.#hopFor(value);
      this.#analyser.take(value);
    }
  }

  /**
   * Makes the picture of what was taken since the last; `false`: nothing was.
   *
   * @param seconds since the picture before
   */
  close(seconds: number): boolean {
    const blocks = this.#blocks;
    if (blocks === 0) return false;
    this.#blocks = 0;
    const [picture, shown, peak, minimum] = [this.picture, this.shown, this.peak, this.minimum];
    const [sum, most] = [this.#sum, this.#most];
    const isPeak = this.#settings.detector === 'peak';
    const weight = this.#isFirst ? 1 : 1 / this.average;
    const fall = this.#settings.peakDecay > 0 ? 10 ** ((-this.#settings.peakDecay * seconds) / 10) : 1;
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    for (let i = 0; i < picture.length; i += 1) {
      const strongest = Math.min(most[i]!, MOST_POWER);
      const value = isPeak ? strongest : Math.min(sum[i]! / blocks, MOST_POWER);
      picture[i] = value;
      const average = shown[i]! + (value - shown[i]!) * weight;
      shown[i] = average;
      const held = peak[i]! * fall;
      peak[i] = isFirst || strongest > held ? strongest : held;
      minimum[i] = isFirst || average < minimum[i]! ? average : minimum[i]!;
    }
    return true;
  }

  readLevels(): PictureLevels {
    const levels = this.#analyser.readLevels();
    const ofLine = this.#lineLevels;
    this.#lineLevels = undefined;
    return ofLine === undefined ? levels : { ...ofLine, faults: levels.faults };
  }

  /** Begins to hold anew. */
  resetHolds(): void {
    this.peak.set(this.shown);
    this.minimum.set(this.shown);
  }

  /** Forgets the signal, which has paused. */
  reset(): void {
    this.#analyser.reset();
    this.#blocks = 0;
  }

  /** Short frames overlap in their transforms, so that each makes a picture; of long ones not all samples are transformed. */
  #hopFor({ numSamples }: Frame): number {
    const { bins, coverage } = this.#settings;
    if (numSamples < bins) return Math.max(1, Math.floor(Math.max(numSamples, bins / 8)));
    return coverage === 'all' ? bins : Math.max(bins, numSamples / MOST_BLOCKS);
  }

  #addBlock({ power, samples, frame }: Block): void {
    const { bins, window } = this.#settings;
    this.#tune(bandOf(frame, bins, { window, windowSamples: samples }));
    this.#add(power);
  }

  #takeLine(line: SpectrumLine): void {
    const { top, step, levels, rms, peak } = line;
    let powers = this.#powers;
    if (powers?.top !== top || powers.step !== step) powers = { top, step, values: levelPowers(top, step) };
    this.#powers = powers;
    this.#tune(bandOf(line, levels.length, line));
    const { values } = powers;
    const power = new Float64Array(levels.length);
    for (let i = 0; i < power.length; i += 1) power[i] = values[levels[i]!]!;
    this.#add(power);
    const before = this.#lineLevels;
    this.#lineLevels = {
      meanSquare: 10 ** (rms / 10),
      peakSquare: Math.max(before?.peakSquare ?? 0, 10 ** (peak / 10)),
    };
  }

  #add(power: Float64Array): void {
    const [sum, most] = [this.#sum, this.#most];
    if (this.#blocks === 0) {
      sum.set(power);
      most.set(power);
    } else {
      for (let i = 0; i < sum.length; i += 1) {
        const value = power[i]!;
        sum[i]! += value;
        if (value > most[i]!) most[i] = value;
      }
    }
    this.#blocks += 1;
  }

  /** Begins anew if the band is another. */
  #tune(band: Band): void {
    const before = this.band;
    this.band = band;
    if (before !== undefined && isSameBand(before, band)) return;
    this.#blocks = 0;
    this.#isFirst = true;
    if (before?.bins === band.bins) return;
    const { bins } = band;
    this.picture = new Float32Array(bins);
    this.shown = new Float32Array(bins);
    this.peak = new Float32Array(bins);
    this.minimum = new Float32Array(bins);
    this.#sum = new Float64Array(bins);
    this.#most = new Float32Array(bins);
  }
}
