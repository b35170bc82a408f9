import { type Figure, holds, type Target } from './Figure.js';
import type { Cost } from './Link.js';

const header = [
  'figure',
  'driver',
  'payload',
  'value',
  '(half of rounds)',
  'target',
  '',
  'CPU us, both ends',
  "baseline's",
  'absolute',
];

/** What a narrow terminal can do without, in this order. */
const spare = ['absolute', '(half of rounds)', 'driver'];

/**
 * The lines of a table of figures, one each, in Markdown.
 *
 * @param width of a terminal: what is empty is left out, and what has no place
 */
export function table(figures: readonly Figure[], width?: number): string[] {
  const rows = figures.map(cells);
  if (width === undefined) return markdown(header, rows);
  let kept = header.filter((_, column) => rows.some((row) => row[column] !== ''));
  const lines = (): string[] => {
    const columns = kept.map((name) => header.indexOf(name));
    return markdown(
      kept,
      rows.map((row) => columns.map((column) => row[column]!)),
    );
  };
  for (const name of spare) {
    if (lines()[0]!.length <= width) break;
    kept = kept.filter((one) => one !== name);
  }
  return lines();
}

/** The lines of any table, in Markdown that a terminal shows well, too. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function cells(figure: Figure): string[] {
  const { label, driver = '', size, low, high, unit, target, cpu, absolute } = figure;
  const verdict = { true: 'pass', false: 'SHORT', undefined: '' }[String(holds(figure)) as 'true'];
  const range = `${showNumber(low, unit)} - ${showNumber(high, unit)}`;
  const value = [showValue(figure), range, showTarget(target), verdict];
  return [label, driver, showBytes(size), ...value, showCost(cpu?.ours), showCost(cpu?.baseline), absolute];
}

/** What a message takes of the processor: of its sender, where there is one, and of its receiver. */
export function showCost(cost: Cost | undefined): string {
  if (cost === undefined) return '';
  const { senderUs, receiverUs } = cost;
  const each = senderUs === undefined ? [receiverUs] : [senderUs, receiverUs];
  return each.map((us) => (us < 100 ? us.toPrecision(2) : us.toFixed(0))).join(' + ');
}

/** A figure with its unit; a ratio has none. */
export function showValue({ median, unit }: Pick<Figure, 'median' | 'unit'>): string {
  return unit === 'ratio' ? showNumber(median, unit) : `${showNumber(median, unit)} ${unit}`;
}

function showNumber(value: number, unit: Figure['unit']): string {
  return value.toFixed({ ratio: 2, frames: 0 }[unit as string] ?? 1);
}

function showTarget(target: Target | undefined): string {
  if (target === undefined) return '';
  if ('atLeast' in target) return `>= ${target.atLeast}`;
  return 'atMost' in target ? `<= ${target.atMost}` : `< ${target.below}`;
}

export function showBytes(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  const power = bytes < 2 ** 10 ? 0 : bytes < 2 ** 20 ? 1 : 2;
  return `${bytes / 2 ** (10 * power)} ${['B', 'KiB', 'MiB'][power]!}`;
}

/** A rate for people: three digits. */
export function showRate(perSecond: number): string {
  const [divisor, unit] = perSecond >= 1e6 ? [1e6, 'M'] : perSecond >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${(perSecond / divisor).toPrecision(3)} ${unit}/s`.replace(' /', '/');
}
