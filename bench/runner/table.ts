import { type Figure, holds, type Target } from './Figure.js';

const header = ['figure', 'payload', 'value', '(half of rounds)', 'target', '', 'absolute'];

/** The lines of a table of figures. */
export function table(figures: readonly Figure[]): string[] {
  const rows = [header, ...figures.map(cells)];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.slice(1).map(line)];
}

function cells(figure: Figure): string[] {
  const { label, size, unit, median, low, high, target, absolute } = figure;
  const shown = (value: number): string => value.toFixed(unit === 'ratio' ? 2 : 1);
  const value = unit === 'ratio' ? shown(median) : `${shown(median)} ${unit}`;
  const verdict = { true: 'pass', false: 'SHORT', undefined: '' }[String(holds(figure)) as 'true'];
  return [label, showBytes(size), value, `${shown(low)} - ${shown(high)}`, showTarget(target), verdict, absolute];
}

function showTarget(target: Target | undefined): string {
  if (target === undefined) return '';
  if ('atLeast' in target) return `>= ${target.atLeast}`;
  return 'atMost' in target ? `<= ${target.atMost}` : `< ${target.below}`;
}

export function showBytes(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 1024 ? `${bytes} B` : `${bytes / 1024} KiB`;
}

/** A rate for people: three digits. */
export function showRate(perSecond: number): string {
  const [divisor, unit] = perSecond >= 1e6 ? [1e6, 'M'] : perSecond >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${(perSecond / divisor).toPrecision(3)} ${unit}/s`.replace(' /', '/');
}
