import type { ColourMode } from './colour.js';

/** The characters that a picture is made of. */
export interface Glyphs {
  /** A cell filled from below, in eighths or as near as there is; the first is empty. */
  readonly bars: readonly string[];
  /** A cell from empty to full, where there is no colour. */
  readonly shades: string;
  readonly peak: string;
  readonly gridline: string;
  readonly vertical: string;
  readonly horizontal: string;
  readonly tickLeft: string;
  readonly tickDown: string;
  readonly corner: string;
  readonly divider: string;
  /** Under the highest point, and under the marker. */
  readonly peakMark: string;
  readonly marker: string;
}

const unicode: Glyphs = {
  bars: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  shades: ' .:-=+*#%@',
  peak: '·',
  gridline: '┈',
  vertical: '│',
  horizontal: '─',
  tickLeft: '┤',
  tickDown: '┬',
  corner: '└',
  divider: ' │ ',
  peakMark: '▴',
  marker: '▲',
};

const ascii: Glyphs = {
  bars: [' ', '.', ':', '#'],
  shades: ' .:-=+*#%@',
  peak: "'",
  gridline: ' ',
  vertical: '|',
  horizontal: '-',
  tickLeft: '+',
  tickDown: '+',
  corner: '+',
  divider: ' | ',
  peakMark: '^',
  marker: 'M',
};

/** Without colour there is plain ASCII only; with it there is more, unless the locale or the console cannot show it. */
export function glyphsFor(mode: ColourMode, env: NodeJS.ProcessEnv): Glyphs {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const shows = (locale === '' || /utf-?8/i.test(locale)) && env['TERM'] !== 'linux';
  return mode !== 'none' && shows ? unicode : ascii;
}

/** At this level and below there is nothing. */
export const SILENCE_DB = -199;
const MOST_LATENCY_MS = 60_000;

/** A level with one decimal; nothing at all is a dash. */
export function decibels(value: number): string {
  return value > SILENCE_DB ? value.toFixed(1) : '-';
}

/** Milliseconds; a clock that is far off makes no latency, and no frame has none. */
export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (areClocksApart(value)) return 'clocks differ';
  return `${value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)} ms`;
}

/** Whether a time says more about two clocks than about the way between them. */
export function areClocksApart(latencyMs: number): boolean {
  return Math.abs(latencyMs) > MOST_LATENCY_MS && Number.isFinite(latencyMs);
}

/** Cuts or fills a text to a width. Only for text without escape sequences. */
export function fit(text: string, width: number): string {
  return text.slice(0, width).padEnd(width);
}
