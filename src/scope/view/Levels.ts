import { fitRange, type LevelRange } from '../../spectrum/fitRange.js';

/** How often the range is fitted, in ms. */
const FIT_MS = 250;
const LEAST_RANGE = 5;
const MOST_RANGE = 300;

/** The levels that the picture shows: fitted to the signal, or set by hand. */
export class Levels {
  range: LevelRange = { bottom: -120, top: 0 };
  isAuto: boolean;
  #fittedMs = -Infinity;

  constructor(range: LevelRange | 'auto') {
    this.isAuto = range === 'auto';
    if (range !== 'auto') this.range = range;
  }

  /** A picture has a new spectrum. */
  fit(power: ArrayLike<number>, nowMs: number): void {
    if (!this.isAuto || nowMs - this.#fittedMs < FIT_MS) return;
    this.range = fitRange(this.#fittedMs === -Infinity ? undefined : this.range, power);
    this.#fittedMs = nowMs;
  }

  auto(isAuto = true): void {
    this.isAuto = isAuto;
    this.#fittedMs = -Infinity;
  }

  /** Moves both edges, in dB. */
  shift(dB: number): void {
    this.set(this.range.bottom + dB, this.range.top + dB);
  }

  /** Makes the range larger or smaller, around a place from 0 at the top to 1 at the bottom. */
  zoom(factor: number, place: number): void {
    const { bottom, top } = this.range;
    const size = Math.min(MOST_RANGE, Math.max(LEAST_RANGE, (top - bottom) / factor));
    const level = top - place * (top - bottom);
    this.set(level - (1 - place) * size, level + place * size);
  }

  set(bottom: number, top: number): void {
    if (!(top - bottom >= LEAST_RANGE && top - bottom <= MOST_RANGE && top <= 400 && bottom >= -400)) return;
    this.isAuto = false;
    this.range = { bottom, top };
  }
}
