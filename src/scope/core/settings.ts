import type { LevelRange } from '../../spectrum/fitRange.js';
import type { PaletteName } from '../../spectrum/palettes.js';
import type { WindowName } from '../../spectrum/windows.js';

/** What of a stream is transformed: the newest frame for each picture, or every sample. */
export type Coverage = 'newest' | 'all';
/** What a picture shows of several transforms: their mean power, or the strongest in each bin. */
export type Detector = 'mean' | 'peak';
/** The colours of a scope; `auto` follows what the page prefers. */
export type ThemeName = 'dark' | 'light' | 'auto';

/** How a scope transforms and draws; all of it can be copied to a worker. */
export interface CoreSettings {
  readonly bins: number;
  readonly window: WindowName;
  readonly coverage: Coverage;
  readonly detector: Detector;
  readonly rowsPerSecond: number;
  /** How fast a held peak falls, in dB a second. */
  readonly peakDecay: number;
  readonly average: number;
  readonly peakHold: boolean;
  readonly minimumHold: boolean;
  readonly peakList: boolean;
  readonly palette: PaletteName;
  readonly theme: ThemeName;
  readonly range: LevelRange | 'auto';
}

export const defaultSettings: CoreSettings = {
  bins: 4096,
  window: 'blackmanHarris',
  coverage: 'newest',
  detector: 'mean',
  rowsPerSecond: 60,
  peakDecay: 0,
  average: 4,
  peakHold: false,
  minimumHold: false,
  peakList: false,
  palette: 'viridis',
  theme: 'auto',
  range: 'auto',
};
