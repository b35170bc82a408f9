import { type WindowName as Window, windowValues } from '../../spectrum/windows.js';

/** The windows by the names that a person types, and how a person calls them. */
const WINDOWS = {
  'blackman-harris': { window: 'blackmanHarris', label: 'Blackman-Harris' },
  hann: { window: 'hann', label: 'Hann' },
  flattop: { window: 'flatTop', label: 'flat top' },
  rectangular: { window: 'rectangular', label: 'rectangular' },
} as const satisfies Readonly<Record<string, { readonly window: Window; readonly label: string }>>;

export type WindowName = keyof typeof WINDOWS;
export const windowNames = Object.keys(WINDOWS) as readonly WindowName[];

/** Enough samples for a bandwidth that is the same at any number of them. */
const SAMPLES = 1024;

/** What a window is called in the library and by people, and its equivalent noise bandwidth in bins. */
export interface WindowFacts {
  readonly window: Window;
  readonly label: string;
  readonly noiseBins: number;
}

export function windowFacts(name: WindowName): WindowFacts {
  const { window, label } = WINDOWS[name];
  const squares = windowValues(window, SAMPLES).reduce((sum, value) => sum + value * value, 0);
  return { window, label, noiseBins: SAMPLES * squares };
}
