import { describe, expect, it } from 'vitest';
import type { Figure } from '../../bench/runner/Figure.js';
import { overview } from '../../bench/runner/overview.js';

function figure(facts: Pick<Figure, 'label'> & Partial<Figure>): Figure {
  return { median: 1, low: 1, high: 1, unit: 'ratio', absolute: '', ...facts };
}

describe('overview', () => {
  it('puts what sizes matter to size by size, a line for each driver', () => {
    const lines = overview([
      figure({ label: 'rate', driver: 'engine', size: 2048, median: 4 }),
      figure({ label: 'rate', driver: 'native', size: 64, median: 1 }),
      figure({ label: 'rate', driver: 'engine', size: 64, median: 3 }),
    ]);

    expect(lines).toEqual([
      '|      | driver | 64 B | 2 KiB |',
      '| ---- | ------ | ---- | ----- |',
      '| rate | native | 1.00 |       |',
      '| rate | engine | 3.00 | 4.00  |',
    ]);
  });

  it('puts all else driver by driver, with its unit and the one size it has', () => {
    const lines = overview([
      figure({ label: 'idle', unit: 'ms', median: 4.21 }),
      figure({ label: 'gap', driver: 'native', unit: 'ms', size: 64, median: 9 }),
      figure({ label: 'lost', driver: 'engine', unit: 'frames', median: 0 }),
      figure({ label: 'gap', driver: 'engine', unit: 'ms', size: 64, median: 5 }),
    ]);

    expect(lines).toEqual([
      '|           | any    | native | engine   |',
      '| --------- | ------ | ------ | -------- |',
      '| idle      | 4.2 ms |        |          |',
      '| gap, 64 B |        | 9.0 ms | 5.0 ms   |',
      '| lost      |        |        | 0 frames |',
    ]);
  });

  it('keeps both apart by an empty line', () => {
    const lines = overview([
      figure({ label: 'rate', driver: 'native', size: 64 }),
      figure({ label: 'rate', driver: 'native', size: 2048 }),
      figure({ label: 'gap', driver: 'native' }),
    ]);

    expect(lines.indexOf('')).toBe(3);
    expect(lines).toHaveLength(7);
  });

  it('gives lines that other columns fit a table of their own', () => {
    const sized = (label: string, ...sizes: number[]) => sizes.map((size) => figure({ label, driver: 'engine', size }));
    const lines = overview([...sized('few', 64), ...sized('rate', 64, 2048), ...sized('curve', 64, 256, 512)]);

    expect(lines).toEqual([
      '|      | driver | 64 B | 2 KiB |',
      '| ---- | ------ | ---- | ----- |',
      '| rate | engine | 1.00 | 1.00  |',
      '',
      '|       | driver | 64 B | 256 B | 512 B |',
      '| ----- | ------ | ---- | ----- | ----- |',
      '| curve | engine | 1.00 | 1.00  | 1.00  |',
      '',
      '|           | engine |',
      '| --------- | ------ |',
      '| few, 64 B | 1.00   |',
    ]);
  });

  it('puts lines with some of the columns of another beside it', () => {
    const sized = (label: string, ...sizes: number[]) => sizes.map((size) => figure({ label, driver: 'engine', size }));
    const lines = overview([...sized('large', 2048, 4096), ...sized('rate', 64, 2048, 4096)]);

    expect(lines).toEqual([
      '|       | driver | 64 B | 2 KiB | 4 KiB |',
      '| ----- | ------ | ---- | ----- | ----- |',
      '| large | engine |      | 1.00  | 1.00  |',
      '| rate  | engine | 1.00 | 1.00  | 1.00  |',
    ]);
  });

  it('has nothing to say of nothing', () => {
    expect(overview([])).toEqual([]);
  });
});
