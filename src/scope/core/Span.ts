import type { Band } from './Band.js';

/** A picture never shows less than so many bins. */
const LEAST_BINS = 8;

/** The part of the band that is shown, as fractions of it: so that it stays where it is when the band changes. */
export class Span {
  low = 0;
  high = 1;

  get isAll(): boolean {
    return this.low === 0 && this.high === 1;
  }

  /** Shows more or less, around a place in the picture, from 0 to 1. */
  zoom(factor: number, place: number, bins: number): void {
    const width = this.high - this.low;
    const least = Math.min(1, LEAST_BINS / bins);
    const next = Math.min(1, Math.max(least, width / factor));
    this.#set(this.low + place * (width - next), next);
  }

  /** Moves by a fraction of what is shown. */
  pan(fraction: number): void {
    const width = this.high - this.low;
    this.#set(this.low + fraction * width, width);
  }

  /** Shows a frequency, if it is not shown. */
  reveal(band: Band, frequency: number): void {
    const place = (frequency - band.low) / (band.high - band.low);
    const width = this.high - this.low;
    if (place < this.low || place > this.high) this.#set(place - width / 2, width);
  }

  all(): void {
    this.#set(0, 1);
  }

  #set(low: number, width: number): void {
    this.low = Math.min(1 - width, Math.max(0, low));
    this.high = Math.min(1, this.low + width);
  }
}
