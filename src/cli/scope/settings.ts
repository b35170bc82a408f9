import { type WindowName, windowNames } from './windows.js';

export const LEAST_BINS = 64;
export const MOST_BINS = 65_536;
const MOST_AVERAGES = 256;
const MOST_ZOOM = 1024;
const REFERENCE_STEP_DB = 5;
const LEAST_RANGE_DB = 10;
const MOST_RANGE_DB = 180;

/** What the viewer chooses. */
export interface ScopeSettings {
  readonly bins: number;
  readonly window: WindowName;
  /** How many pictures a trace averages, in power. */
  readonly averages: number;
  /** The level at the upper edge, in dBFS; `undefined`: it follows the signal. */
  readonly reference?: number | undefined;
  /** The levels from the upper to the lower edge, in dB; `undefined`: it follows the noise. */
  readonly range?: number | undefined;
  /** The whole band is shown this many times wider. */
  readonly zoom: number;
  /** Where the middle of the shown band is, in the whole band from -0.5 to 0.5. */
  readonly centre: number;
  /** Where the marker is, in the same way; `undefined`: there is none. */
  readonly marker?: number | undefined;
  /** Whether the highest level of each bin stays until `c`. */
  readonly holds: boolean;
  readonly paused: boolean;
  /** Changes when everything that was collected is to be forgotten. */
  readonly clears: number;
  readonly showsKeys: boolean;
}

export const defaultSettings: ScopeSettings = {
  bins: 2048,
  window: 'blackman-harris',
  averages: 4,
  zoom: 1,
  centre: 0,
  holds: false,
  paused: false,
  clears: 0,
  showsKeys: false,
};

/** What a key needs to know of the picture. */
export interface KeyContext {
  readonly scale?: { readonly bottom: number; readonly top: number } | undefined;
  /** Where the peak of the shown band is, in the whole band from -0.5 to 0.5. */
  readonly peak?: number | undefined;
}

export const keyHelp =
  'up/down reference  +/- range  a automatic  [ ] span  < > move  left/right marker  p to peak  m off  w window  b/B bins  v/V average  h hold  c clear  space pause  q end';

/** The settings after a key; the same object, if the key means nothing. */
export function applyKey(settings: ScopeSettings, key: string, { scale, peak }: KeyContext): ScopeSettings {
  const { bins, averages, zoom, centre, marker, window } = settings;
  const top = settings.reference ?? scale?.top ?? 0;
  const range = settings.range ?? (scale ? scale.top - scale.bottom : 100);
  const step = 0.5 / (zoom * 100); // half a hundredth of the shown band
  switch (key) {
    case 'up':
      return { ...settings, reference: top - REFERENCE_STEP_DB, range };
    case 'down':
      return { ...settings, reference: top + REFERENCE_STEP_DB, range };
    case '+':
    case '=':
      return { ...settings, reference: top, range: Math.max(LEAST_RANGE_DB, range - 10) };
    case '-':
      return { ...settings, reference: top, range: Math.min(MOST_RANGE_DB, range + 10) };
    case 'a':
      return { ...settings, reference: undefined, range: undefined };
    case ']':
      return inBand({ ...settings, zoom: Math.min(MOST_ZOOM, zoom * 2), centre: marker ?? centre });
    case '[':
      return inBand({ ...settings, zoom: Math.max(1, zoom / 2) });
    case '<':
    case ',':
      return inBand({ ...settings, centre: centre - 0.25 / zoom });
    case '>':
    case '.':
      return inBand({ ...settings, centre: centre + 0.25 / zoom });
    case 'left':
      return { ...settings, marker: Math.max(-0.5, (marker ?? peak ?? centre) - step) };
    case 'right':
      return { ...settings, marker: Math.min(0.5, (marker ?? peak ?? centre) + step) };
    case 'p':
      return { ...settings, marker: peak ?? marker };
    case 'm':
      return { ...settings, marker: marker === undefined ? (peak ?? centre) : undefined };
    case 'w':
      return { ...settings, window: windowNames[(windowNames.indexOf(window) + 1) % windowNames.length]! };
    case 'b':
      return { ...settings, bins: Math.min(MOST_BINS, bins * 2) };
    case 'B':
      return { ...settings, bins: Math.max(LEAST_BINS, bins / 2) };
    case 'v':
      return { ...settings, averages: Math.min(MOST_AVERAGES, averages * 2) };
    case 'V':
      return { ...settings, averages: Math.max(1, averages / 2) };
    case 'h':
      return { ...settings, holds: !settings.holds };
    case 'c':
      return { ...settings, clears: settings.clears + 1 };
    case ' ':
      return { ...settings, paused: !settings.paused };
    case '?':
      return { ...settings, showsKeys: !settings.showsKeys };
    default:
      return settings;
  }
}

/** Keeps the shown band within the whole one. */
function inBand(settings: ScopeSettings): ScopeSettings {
  const most = 0.5 - 0.5 / settings.zoom;
  return { ...settings, centre: Math.max(-most, Math.min(most, settings.centre)) + 0 }; // not -0
}
