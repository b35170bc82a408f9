import type { LevelRange } from '../../spectrum/fitRange.js';
import type { PaletteName } from '../../spectrum/palettes.js';
import type { Band } from '../core/Band.js';
import type { ScopeFigures } from '../core/Figures.js';
import type { History } from '../core/History.js';
import type { ScopeReading } from '../core/readings.js';
import type { ScopeState } from '../core/state.js';
import type { Layout } from './layout.js';
import type { Pen } from './Pen.js';
import type { Theme } from './theme.js';

/** All that a picture shows, and what it is drawn with. */
export interface Scene {
  readonly pen: Pen;
  /** Pixels of the canvas for each CSS pixel. */
  readonly ratio: number;
  readonly layout: Layout;
  readonly theme: Theme;
  readonly palette: PaletteName;
  readonly range: LevelRange;
  readonly nowMs: number;
  /** Without a band there is no signal yet. */
  readonly band: Band | undefined;
  /** The frequencies at the edges of the picture. */
  readonly low: number;
  readonly high: number;
  readonly shown: ArrayLike<number>;
  readonly peak: ArrayLike<number> | undefined;
  readonly minimum: ArrayLike<number> | undefined;
  readonly history: History;
  readonly marker: ScopeReading | undefined;
  readonly reference: ScopeReading | undefined;
  readonly peaks: readonly ScopeReading[];
  readonly hover: { readonly x: number; readonly reading: ScopeReading | undefined } | undefined;
  readonly figures: ScopeFigures;
  readonly isNewest: boolean;
  readonly average: number;
  readonly isPaused: boolean;
  readonly state: ScopeState;
  readonly hasHelp: boolean;
}

/** Where a frequency is in a picture, in CSS pixels. */
export function xOf({ layout, low, high }: Scene, frequency: number): number {
  return layout.plot.x + ((frequency - low) / (high - low)) * layout.plot.width;
}

/** Where a level is in the spectrum, in CSS pixels. */
export function yOf({ layout, range }: Scene, level: number): number {
  const { y, height } = layout.plot;
  return y + ((range.top - level) / (range.top - range.bottom)) * height;
}

/** A frequency with its unit, as fine as the picture shows it. */
export function resolutionOf({ band, layout, low, high }: Scene): number {
  const perPixel = (high - low) / layout.plot.width;
  const perBin = band ? (band.high - band.low) / band.bins : perPixel;
  return Math.min(perPixel, perBin) / 10;
}
