/** What a scope can be told to do. */
export type ScopeCommand =
  | 'pause'
  | 'peakHold'
  | 'minimumHold'
  | 'resetHolds'
  | 'average'
  | 'auto'
  | 'levelUp'
  | 'levelDown'
  | 'rangeWider'
  | 'rangeNarrower'
  | 'markerLeft'
  | 'markerRight'
  | 'markerFarLeft'
  | 'markerFarRight'
  | 'strongest'
  | 'delta'
  | 'peakList'
  | 'palette'
  | 'theme'
  | 'zoomIn'
  | 'zoomOut'
  | 'fullSpan'
  | 'fullScreen'
  | 'help'
  | 'escape';

/** The command of each key, by `KeyboardEvent.key`; with Shift where it says so. */
const COMMANDS: Readonly<Record<string, ScopeCommand>> = {
  ' ': 'pause',
  p: 'peakHold',
  m: 'minimumHold',
  r: 'resetHolds',
  a: 'average',
  l: 'auto',
  ArrowUp: 'levelUp',
  ArrowDown: 'levelDown',
  'Shift ArrowUp': 'rangeNarrower',
  'Shift ArrowDown': 'rangeWider',
  ArrowLeft: 'markerLeft',
  ArrowRight: 'markerRight',
  'Shift ArrowLeft': 'markerFarLeft',
  'Shift ArrowRight': 'markerFarRight',
  n: 'strongest',
  d: 'delta',
  k: 'peakList',
  c: 'palette',
  t: 'theme',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  '0': 'fullSpan',
  f: 'fullScreen',
  '?': 'help',
  Escape: 'escape',
};

/** What help shows. */
export const HELP: readonly (readonly [keys: string, text: string])[] = [
  ['space', 'pause'],
  ['a', 'average'],
  ['p  m', 'hold peak, minimum'],
  ['r', 'reset holds'],
  ['l', 'automatic levels'],
  ['↑ ↓', 'levels; shift: range'],
  ['+ − 0', 'zoom; all'],
  ['click', 'marker'],
  ['← →', 'move marker'],
  ['n', 'marker to the next peak'],
  ['d', 'delta from here'],
  ['k', 'list of peaks'],
  ['c  t', 'colours, theme'],
  ['f', 'full screen'],
  ['?', 'this help'],
];

/** The command of a key; `undefined`: the page may have it. */
export function commandOf(key: string, shift: boolean): ScopeCommand | undefined {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const shifted = shift ? COMMANDS[`Shift ${name}`] : undefined;
  return shifted ?? (Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined);
}
