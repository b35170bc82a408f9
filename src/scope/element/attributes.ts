import type { ScopeOptions } from '../ScopeOptions.js';

/** The attributes of the element that are options of its scope. */
export const OPTION_ATTRIBUTES = [
  'bins',
  'window',
  'coverage',
  'detector',
  'average',
  'rows-per-second',
  'peak-hold',
  'peak-decay',
  'minimum-hold',
  'peak-list',
  'palette',
  'theme',
  'range',
] as const;

interface Attributes {
  getAttribute(name: string): string | null;
}

/** The options that the attributes of an element say. They are not checked. */
export function optionsOf(element: Attributes): ScopeOptions {
  const text = (name: string): string | undefined => element.getAttribute(name) ?? undefined;
  const number = (name: string): number | undefined => {
    const value = text(name);
    return value === undefined || value.trim() === '' ? undefined : Number(value);
  };
  const flag = (name: string): boolean | undefined => {
    const value = text(name);
    return value === undefined ? undefined : value !== 'false';
  };
  return {
    bins: number('bins'),
    window: text('window') as ScopeOptions['window'],
    coverage: text('coverage') as ScopeOptions['coverage'],
    detector: text('detector') as ScopeOptions['detector'],
    average: number('average'),
    rowsPerSecond: number('rows-per-second'),
    peakHold: flag('peak-hold'),
    peakDecay: number('peak-decay'),
    minimumHold: flag('minimum-hold'),
    peakList: flag('peak-list'),
    palette: text('palette') as ScopeOptions['palette'],
    theme: text('theme') as ScopeOptions['theme'],
    range: rangeOf(text('range')),
  };
}

/** `-120 -20`, or `auto`. */
function rangeOf(text: string | undefined): ScopeOptions['range'] {
  if (text === undefined || text.trim() === 'auto') return undefined;
  const [bottom = NaN, top = NaN] = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return { bottom, top };
}
