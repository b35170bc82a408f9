import tty from 'node:tty';
import { type Colour, colourBetween } from '../../spectrum/palettes.js';

/** What the terminal can show. */
export type ColourMode = 'none' | '16' | '256' | '24bit';

/** Escape sequences for levels from 0 to `steps - 1`; empty strings where there is no colour. */
export interface Palette {
  readonly mode: ColourMode;
  readonly foreground: readonly string[];
  readonly background: readonly string[];
  readonly dim: string;
  readonly bold: string;
  readonly alarm: string;
  readonly reset: string;
}

/** How many colours the map has: few enough that neighbours often share one, which keeps the output short. */
export const steps = 64;

/** Finds out what to use: Node knows `FORCE_COLOR`, `NO_COLOR`, `TERM` and many terminals by name. */
export function colourMode(env: NodeJS.ProcessEnv, isTTY: boolean): ColourMode {
  const forced = env['FORCE_COLOR'];
  if (!isTTY && forced === undefined) return 'none';
  // Node writes a warning, into the picture, if it sees both.
  const known = forced === undefined ? env : { ...env, NO_COLOR: undefined, NODE_DISABLE_COLORS: undefined };
  const depth = tty.WriteStream.prototype.getColorDepth(known);
  // Node trusts COLORTERM only where it does not know the terminal better, inside tmux for one.
  const promised = forced === undefined && /^(truecolor|24bit)$/.test(env['COLORTERM'] ?? '');
  if (depth === 24 || (depth > 1 && promised)) return '24bit';
  return depth === 8 ? '256' : depth === 4 ? '16' : 'none';
}

/** Viridis runs evenly from dark to bright, for colour-blind eyes too. It begins a little darker here: noise is not news. */
const viridis: readonly Colour[] = [
  [38, 4, 60],
  [70, 15, 96],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
];

/** The like of it among the 216 colours that every terminal with 256 has at the same place, and among the first 16. */
const viridis256 = [53, 53, 53, 54, 55, 61, 25, 31, 30, 36, 35, 41, 77, 113, 149, 185, 221, 226] as const;
const viridis16 = [0, 4, 4, 6, 6, 2, 2, 3, 11, 15] as const;

export function createPalette(mode: ColourMode): Palette {
  const colours = Array.from({ length: steps }, (_, step) => colourAt(step / (steps - 1), mode));
  const sgr = (code: string): string => (mode === 'none' ? '' : `\x1b[${code}m`);
  return {
    mode,
    foreground: colours.map((code) => sgr(mode === '16' ? bright(code, 30) : `38;${code}`)),
    background: colours.map((code) => sgr(mode === '16' ? bright(code, 40) : `48;${code}`)),
    dim: sgr('90'),
    bold: sgr('1'),
    alarm: sgr('1;31'),
    reset: sgr('0'),
  };
}

function bright(code: string, base: number): string {
  const index = Number(code);
  return String(index < 8 ? base + index : base + 52 + index); // 90 to 97 and 100 to 107
}

function colourAt(level: number, mode: ColourMode): string {
  const pick = (colours: readonly number[]): string => String(colours[Math.round(level * (colours.length - 1))]);
  if (mode === '16') return pick(viridis16);
  if (mode === '256') return `5;${pick(viridis256)}`;
  return `2;${colourBetween(viridis, level).join(';')}`;
}
