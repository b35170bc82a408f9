import { allDrivers } from './drivers.js';
import type { Figure } from './Figure.js';
import { markdown, showBytes, showValue } from './table.js';

/** What stands in one line: figures of one kind, at several sizes or by several drivers. */
type Line = readonly Figure[];

/** The whole run on a page, in Markdown: what payload sizes matter to, size by size; then the rest, driver by driver. */
export function overview(figures: readonly Figure[]): string[] {
  const labels = [...new Set(figures.map(({ label }) => label))];
  const lines = labels.map((label) => figures.filter((one) => one.label === label));
  const isSized = (line: Line): boolean => new Set(line.map(({ size }) => size)).size > 1;
  const sized = bySize(lines.filter(isSized));
  const single = byDriver(lines.filter((line) => !isSized(line)));
  return sized.length > 0 && single.length > 0 ? [...sized, '', ...single] : [...sized, ...single];
}

function bySize(lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  const sizes = [...new Set(lines.flat().map(({ size }) => size))].sort((a = 0, b = 0) => a - b);
  const rows = lines.flatMap((line) =>
    driversOf(line).map((driver) => {
      const at = (size: number | undefined) => line.find((one) => one.driver === driver && one.size === size);
      return [line[0]!.label, driver ?? '', ...sizes.map((size) => show(at(size)))];
    }),
  );
  return markdown(['', 'driver', ...sizes.map(showBytes)], rows);
}

function byDriver(lines: readonly Line[]): string[] {
  if (lines.length === 0) return [];
  const drivers = driversOf(lines.flat());
  const rows = lines.map((line) => {
    const { label, size } = line[0]!;
    const name = size === undefined ? label : `${label}, ${showBytes(size)}`;
    return [name, ...drivers.map((driver) => show(line.find((one) => one.driver === driver)))];
  });
  return markdown(['', ...drivers.map((driver) => driver ?? 'any')], rows);
}

/** In the table's order; what is no driver's comes first. */
function driversOf(figures: readonly Figure[]): Figure['driver'][] {
  return [undefined, ...allDrivers].filter((driver) => figures.some((one) => one.driver === driver));
}

function show(figure: Figure | undefined): string {
  return figure ? showValue(figure) : '';
}
