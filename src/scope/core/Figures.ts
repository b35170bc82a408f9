import type { Frame } from '../../frame/types.js';
import { decibels, isLine, type SpectrumLine } from '../../spectrum/SpectrumLine.js';
import type { PictureLevels } from './Spectra.js';

/** The figures of one second. */
export interface ScopeFigures {
  /** What comes: frames of samples, or lines of a spectrum; `undefined`: nothing has come. */
  readonly kind: 'frames' | 'lines' | undefined;
  /** The sample rate that the stream says, in Hz; 0 if it does not. */
  readonly sampleRate: number;
  /** Samples that came for each second, in samples. */
  readonly samplesPerSecond: number;
  /** Frames, or lines. */
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Frames or lines that are missing by their numbers, since the start. Where only the newest is read, they were not asked for. */
  readonly missing: number;
  /** `missing` of this second, as a fraction of all. */
  readonly missingShare: number;
  /** Frames that were lost before the lines were made, since the start. */
  readonly lostBefore: number;
  /** From the time stamp to the picture, in ms, on the clock of the gateway if there is one; NaN without a stream. */
  readonly latencyMs: number;
  /** Of the samples, in dBFS. */
  readonly rmsDb: number;
  readonly peakDb: number;
  /** Pictures a second. */
  readonly picturesPerSecond: number;
}

export const noFigures: ScopeFigures = {
  kind: undefined,
  sampleRate: 0,
  samplesPerSecond: 0,
  framesPerSecond: 0,
  bytesPerSecond: 0,
  missing: 0,
  missingShare: 0,
  lostBefore: 0,
  latencyMs: NaN,
  rmsDb: -300,
  peakDb: -300,
  picturesPerSecond: 0,
};

const EVERY_MS = 1000;

/** Sums up what comes, and what is drawn, second by second. */
export class Figures {
  latest: ScopeFigures = noFigures;
  #sinceMs: number | undefined;
  #kind: 'frames' | 'lines' | undefined;
  #sampleRate = 0;
  #samples = 0;
  #frames = 0;
  #bytes = 0;
  #missing = 0;
  #missingNow = 0;
  #lostBefore = 0;
  #latencySum = 0;
  #pictures = 0;
  #meanSquares = 0;
  #levelled = 0;
  #peakSquare = 0;
  readonly #next = new Map<string, number>();

  take(value: Frame | SpectrumLine, latencyMs: number): void {
    const isOfLines = isLine(value);
    this.#kind = isOfLines ? 'lines' : 'frames';
    this.#sampleRate = value.sampleRate;
    this.#frames += 1;
    this.#bytes += isOfLines ? value.levels.byteLength : value.samples.byteLength;
    if (isOfLines) this.#lostBefore += value.lost;
    else this.#samples += value.numSamples;
    this.#latencySum += latencyMs;
    const stream = isOfLines ? 'line' : `${value.peer ?? ''}/${value.streamId}`;
    const expected = this.#next.get(stream) ?? value.sequence;
    if (value.sequence > expected) this.#missingNow += value.sequence - expected; // smaller: a sender that has started again
    if (this.#next.size > 64) this.#next.clear();
    this.#next.set(stream, value.sequence + 1);
  }

  drawn(): void {
    this.#pictures += 1;
  }

  /** The levels of a picture. */
  level({ meanSquare, peakSquare }: PictureLevels): void {
    this.#meanSquares += meanSquare;
    this.#levelled += 1;
    this.#peakSquare = Math.max(this.#peakSquare, peakSquare);
  }

  /** Ends the second if it is over: whether it was. */
  tick(nowMs: number): boolean {
    this.#sinceMs ??= nowMs;
    const ms = nowMs - this.#sinceMs;
    if (ms < EVERY_MS) return false;
    const perSecond = 1000 / ms;
    this.#missing += this.#missingNow;
    this.latest = {
      kind: this.#kind,
      sampleRate: this.#sampleRate,
      samplesPerSecond: this.#samples * perSecond,
      framesPerSecond: this.#frames * perSecond,
      bytesPerSecond: this.#bytes * perSecond,
      missing: this.#missing,
      missingShare: this.#missingNow === 0 ? 0 : this.#missingNow / (this.#missingNow + this.#frames),
      lostBefore: this.#lostBefore,
      latencyMs: this.#frames === 0 ? NaN : this.#latencySum / this.#frames,
      rmsDb: decibels(this.#levelled === 0 ? 0 : this.#meanSquares / this.#levelled),
      peakDb: decibels(this.#peakSquare),
      picturesPerSecond: this.#pictures * perSecond,
    };
    this.#sinceMs = nowMs;
    this.#samples = this.#frames = this.#bytes = this.#missingNow = this.#latencySum = 0;
    this.#pictures = this.#meanSquares = this.#levelled = this.#peakSquare = 0;
    return true;
  }
}
