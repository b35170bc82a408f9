import type { LevelRange } from '../../spectrum/fitRange.js';
import type { PaletteName } from '../../spectrum/palettes.js';
import type { ScopeFigures } from '../core/Figures.js';
import type { ScopeReading } from '../core/readings.js';
import type { ScopeState } from '../core/state.js';

/** What a scope shows, as numbers. */
export interface ScopeReadings {
  readonly state: ScopeState;
  readonly figures: ScopeFigures;
  readonly marker: ScopeReading | undefined;
  readonly reference: ScopeReading | undefined;
  /** The strongest tones in the picture, the strongest first; empty unless the list of peaks is shown. */
  readonly peaks: readonly ScopeReading[];
  /** The frequencies at the edges of the picture, in Hz. */
  readonly low: number;
  readonly high: number;
  readonly range: LevelRange;
  readonly isAuto: boolean;
  readonly isPaused: boolean;
  readonly average: number;
  readonly peakHold: boolean;
  readonly minimumHold: boolean;
  readonly peakList: boolean;
  readonly palette: PaletteName;
  readonly theme: 'dark' | 'light';
  /** Rows of the waterfall that are kept, and their memory in bytes. */
  readonly rows: number;
  readonly historyBytes: number;
  /** Pictures since the start. */
  readonly pictures: number;
}
