import { checkOptions, isBoolean, isFunction, isInteger, isOneOf, type Rule } from '../options/rules.js';
import type { LevelRange } from '../spectrum/fitRange.js';
import { PALETTE_NAMES, type PaletteName } from '../spectrum/palettes.js';
import { WINDOW_NAMES, type WindowName } from '../spectrum/windows.js';
import { type CoreSettings, type Coverage, defaultSettings, type Detector, type ThemeName } from './core/settings.js';
import type { ScopeWorker } from './host/page.js';
import type { ScopeReadings } from './view/ScopeReadings.js';

/** Options of {@link Scope}. Those that keys change too are the state at the start. */
export interface ScopeOptions {
  /** The number of bins of a spectrum: a power of two from 16 to 65,536. Lines have their own. @default 4096 */
  readonly bins?: number | undefined;
  /** How samples are weighted; see {@link SpectrumOptions}. @default 'blackmanHarris' */
  readonly window?: WindowName | undefined;
  /**
   * `'newest'`: each picture shows the newest frame, and no more frames are read than pictures are drawn; `'all'`: every sample is
   * transformed, in a worker if there can be one. @default 'newest'
   */
  readonly coverage?: Coverage | undefined;
  /** Shows the mean of the transforms of a picture, or the strongest of each bin, which finds short bursts. @default 'mean' */
  readonly detector?: Detector | undefined;
  /** How many pictures are averaged, exponentially, from 1 to 1000. @default 4 */
  readonly average?: number | undefined;
  /** Rows of the waterfall a second, above 0. @default 60: one for each picture */
  readonly rowsPerSecond?: number | undefined;
  /** Shows the strongest level of each bin since the last reset. @default false */
  readonly peakHold?: boolean | undefined;
  /** How fast a held peak falls, in dB a second. @default 0: it does not */
  readonly peakDecay?: number | undefined;
  /** Shows the weakest level of each bin since the last reset. @default false */
  readonly minimumHold?: boolean | undefined;
  /** Shows the strongest tones with their frequencies and levels. @default false */
  readonly peakList?: boolean | undefined;
  /** The colours of the waterfall. @default 'viridis' */
  readonly palette?: PaletteName | undefined;
  /** `'auto'`: as the system prefers. @default 'auto' */
  readonly theme?: ThemeName | undefined;
  /** The levels at the edges of the picture, in dBFS. @default 'auto': fitted to the signal */
  readonly range?: LevelRange | 'auto' | undefined;
  /**
   * Whether transforms and drawing are done in a worker. A function starts the worker: use it if your bundler does not find
   * `scopeWorker.js` of this package. Where there can be no worker, this thread does the work. @default with coverage 'all' only
   */
  readonly worker?: boolean | (() => ScopeWorker) | undefined;
  /** Whether the canvas takes keys while it has the focus. @default true */
  readonly keyboard?: boolean | undefined;
  /** Receives what is shown as numbers, some four times a second and after each command. */
  readonly onReadings?: ((readings: ScopeReadings) => void) | undefined;
}

const isPower: Rule = (value) =>
  Number.isInteger(value) &&
  (value as number) >= 16 &&
  (value as number) <= 65_536 &&
  Math.log2(value as number) % 1 === 0
    ? undefined
    : 'a power of two from 16 to 65536';

const isRange: Rule = (value) => {
  if (value === 'auto') return undefined;
  const { bottom, top } = Object(value) as Partial<LevelRange>;
  return Number.isFinite(bottom) && Number.isFinite(top) && top! - bottom! >= 5 && top! - bottom! <= 300
    ? undefined
    : "'auto', or { bottom, top } in dBFS, from 5 to 300 dB apart";
};

const isNumberFrom =
  (least: number, most: number): Rule =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most ? undefined : `a number from ${least} to ${most}`;

const isWorker: Rule = (value) =>
  typeof value === 'boolean' || typeof value === 'function'
    ? undefined
    : 'a boolean, or a function that starts a worker';

const rules = {
  bins: isPower,
  window: isOneOf(...WINDOW_NAMES),
  coverage: isOneOf('newest', 'all'),
  detector: isOneOf('mean', 'peak'),
  average: isInteger(1, 1000),
  rowsPerSecond: isNumberFrom(0.01, 1000),
  peakHold: isBoolean,
  peakDecay: isNumberFrom(0, 1000),
  minimumHold: isBoolean,
  peakList: isBoolean,
  palette: isOneOf(...PALETTE_NAMES),
  theme: isOneOf('dark', 'light', 'auto'),
  range: isRange,
  worker: isWorker,
  keyboard: isBoolean,
  onReadings: isFunction,
} satisfies Record<keyof ScopeOptions, Rule>;

/**
 * Checks the options of a scope, and fills in the defaults.
 *
 * @throws OptionError
 */
export function scopeSettings(of: string, options: ScopeOptions): CoreSettings {
  checkOptions(of, options, rules);
  const { worker: _worker, keyboard: _keyboard, onReadings: _onReadings, ...core } = options;
  const given = Object.fromEntries(Object.entries(core).filter(([, value]) => value !== undefined));
  return { ...defaultSettings, ...(given as Partial<CoreSettings>) };
}
