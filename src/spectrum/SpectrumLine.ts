import type { WindowName } from './windows.js';

/** One spectrum, with one byte for each bin: what {@link spectrum} makes of frames, and the codec {@link lines} sends. */
export interface SpectrumLine {
  /** The level of each bin, lowest frequency first: `top - (255 - level) * step` dBFS; 0 is that or less. */
  readonly levels: Uint8Array;
  /** The number of bins. */
  readonly bins: number;
  /** The level that 255 stands for, in dBFS: 0 is a full-scale complex tone. */
  readonly top: number;
  /** The difference between two levels, in dB. */
  readonly step: number;
  /** The frequency of bin `bins / 2`, in Hz; 0 if the sender did not say. */
  readonly centerFreq: number;
  /** The width of the spectrum, in Hz; 0 if the sender did not say. */
  readonly sampleRate: number;
  /** UNIX time of the first sample, in ns. */
  readonly timestampNs: bigint;
  /** Counts the lines from 0. A gap means lost lines. */
  readonly sequence: number;
  /** The window of the transforms. */
  readonly window: WindowName;
  /** How many samples were transformed at a time: `bins`, or fewer if a run of frames was shorter. */
  readonly windowSamples: number;
  /** Root mean square of the transformed samples, in dBFS. */
  readonly rms: number;
  /** The largest magnitude of a transformed sample, in dBFS. */
  readonly peak: number;
  /** Frames that were missing before the end of this line, since the line before. */
  readonly lost: number;
}

/** The difference between two levels of a line that is made here, in dB. */
export const LEVEL_STEP = 0.5;
const HIGHEST = 255;
/** A spectrum of silence alone still has all its levels above -300 dBFS. */
const QUIETEST_TOP = -170;
/** What counts as silence, as a power. */
const SILENCE = 1e-30;

/** A power as a level in dBFS. Silence is -300 dBFS. */
export function decibels(power: number): number {
  return 10 * Math.log10(power + SILENCE);
}

/** Powers as levels of one byte, with the level that 255 stands for. */
export interface Levels {
  readonly levels: Uint8Array;
  readonly top: number;
  readonly step: number;
}

/**
 * Writes powers as levels. The strongest bin determines the highest level, in steps of 10 dB, so that 127 dB below it are kept.
 *
 * @param factor by which each power is multiplied
 */
export function quantize(
  power: ArrayLike<number>,
  factor: number,
  levels: Uint8Array = new Uint8Array(power.length),
): Levels {
  let most = 0;
  for (let i = 0; i < power.length; i += 1) if (power[i]! > most) most = power[i]!;
  const top = Math.max(QUIETEST_TOP, 10 * Math.ceil(decibels(most * factor) / 10));
  const base = HIGHEST - top / LEVEL_STEP + (10 * Math.log10(factor)) / LEVEL_STEP + 0.5;
  const perDecade = 10 / LEVEL_STEP;
  for (let i = 0; i < power.length; i += 1) {
    const level = base + perDecade * Math.log10(power[i]! + SILENCE);
    levels[i] = level >= HIGHEST ? HIGHEST : level > 0 ? level : 0;
  }
  return { levels, top, step: LEVEL_STEP };
}

/** The power of each of the 256 levels of a line. */
export function levelPowers(top: number, step: number): Float64Array {
  return Float64Array.from({ length: HIGHEST + 1 }, (_, level) => 10 ** ((top - (HIGHEST - level) * step) / 10));
}

/** Whether a value is a line, and not a frame. */
export function isLine(value: unknown): value is SpectrumLine {
  return ArrayBuffer.isView((value as Partial<SpectrumLine> | null | undefined)?.levels);
}
