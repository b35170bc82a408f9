import { type Band, frequencyOf } from '../core/Band.js';
import { readAt, type ScopeReading } from '../core/readings.js';

interface Place {
  readonly frequency: number;
  /** How far the tone that is read may be away, in CSS pixels. */
  readonly near: number;
}

/** How far from a click the strongest tone is looked for, in CSS pixels. */
const NEAR = 4;

/** A marker, and a reference for differences. */
export class Markers {
  #marker: Place | undefined;
  #reference: Place | undefined;

  get hasMarker(): boolean {
    return this.#marker !== undefined;
  }

  get hasReference(): boolean {
    return this.#reference !== undefined;
  }

  /** Puts the marker where a viewer has pointed. */
  put(frequency: number, near = NEAR): void {
    this.#marker = { frequency, near };
  }

  putReference(frequency: number, near = NEAR): void {
    this.#reference = { frequency, near };
  }

  /** Moves the marker from where it reads by a number of bins, or of pixels where a pixel has several bins. */
  move(steps: number, from: ScopeReading | undefined, band: Band, perPixel: number): void {
    const bin = (band.high - band.low) / band.bins;
    const start = from?.frequency ?? frequencyOf(band, band.bins / 2);
    const frequency = start + steps * Math.max(bin, perPixel);
    this.put(Math.min(frequencyOf(band, band.bins - 1), Math.max(frequencyOf(band, 0), frequency)), 0);
  }

  /** Keeps the place of the marker as the reference, or drops it. */
  toggleReference(reading: ScopeReading | undefined): void {
    this.#reference =
      this.#reference !== undefined || reading === undefined ? undefined : { frequency: reading.frequency, near: 1 };
  }

  clear(): void {
    this.#marker = this.#reference = undefined;
  }

  /**
   * What the marker and the reference read.
   *
   * @param perPixel of the picture, in Hz
   */
  read(power: ArrayLike<number>, band: Band, perPixel: number): [ScopeReading | undefined, ScopeReading | undefined] {
    const bin = (band.high - band.low) / band.bins;
    const at = (place: Place | undefined): ScopeReading | undefined =>
      place &&
      readAt(power, band, place.frequency, place.near === 0 ? 0 : Math.max(0.5, (place.near * perPixel) / bin));
    return [at(this.#marker), at(this.#reference)];
  }
}
