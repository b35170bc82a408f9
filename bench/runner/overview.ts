import { allDrivers } from './drivers.js';
import type { Figure } from './Figure.js';
import { markdown, showBytes, showValue } from './table.js';

/** What stands in one line: figures of one kind, at several sizes or by several drivers. */
type Line = readonly Figure[];

/**
 * The whole run on a page, in Markdown: what payload sizes matter to, size by size, a table for each
 * set of sizes; then the rest, driver by driver.
 */
export function overview(figures: readonly Figure[]): string[] {
  const labels = [...new Set(figures.map(({ label }) => label))];
  const lines = labels.map((label) => figures.filter((one) => one.label === label));
  const isSized = (line: Line): boolean => new Set(line.map(({ size }) => size)).size > 1;
  const tables = [
    ...bySameSizes(lines.filter(isSized)).map(bySize),
    byDriver(lines.filter((line) => !isSized(line))),
  ].filter((one) => one.length > 0);
  return tables.flatMap((one, i) => (i === 0 ? one : ['', ...one]));
}

/** Lines that one set of columns fits: those whose sizes are all among the sizes of another are with that one. */
function bySameSizes(lines: readonly Line[]): Line[][] {
  const sizesOf = (line: Line): Set<number | undefined> => new Set(line.map(({ size }) => size));
  const within = (line: Line, other: Line): boolean => [...sizesOf(line)].every((size) => sizesOf(other).has(size));
  const widest = lines.filter((line) => lines.every((other) => !within(line, other) || within(other, line)));
  const groups = new Map<Line, Line[]>();
  for (const line of lines) {
    const host = widest.find((one) => within(line, one))!;
    groups.set(host, [...(groups.get(host) ?? []), line]);
  }
  return [...groups.values()];
}

function bySize(lines: readonly Line[]): string[] {
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
