import { describe, expect, it } from 'vitest';
import { showBytes, showRate, showValue, table } from '../../bench/runner/table.js';

describe('table', () => {
  it('lines up and says what holds and what does not, in Markdown', () => {
    const cpu = { ours: { senderUs: 1.5, receiverUs: 2 }, baseline: { receiverUs: 123.4 } };
    const facts = { low: 0.9, high: 1.1, unit: 'ratio', absolute: '2 to 2' } as const;
    const [head, rule, held, short, informed] = table([
      { label: 'one', driver: 'native', size: 64, median: 1, target: { atLeast: 1 }, ...facts, cpu },
      { label: 'another', driver: 'engine', size: 2048, median: 0.5, target: { atLeast: 1 }, ...facts },
      { label: 'third', ...facts, median: 3, unit: 'ms' },
    ]);

    expect(head).toMatch(/^\| figure +\| driver +\| payload +\| value +\|/);
    expect(rule).toMatch(/^(\| -+ ){10}\|$/);
    expect(held).toMatch(
      /^\| one +\| native +\| 64 B +\| 1\.00 +\| 0\.90 - 1\.10 +\| >= 1 +\| pass +\| 1\.5 \+ 2\.0 +\| 123 +\| 2 to 2 +\|$/,
    );
    expect(short).toMatch(/^\| another +\| engine +\| 2 KiB +\| 0\.50 +\| .* SHORT +\| +\| +\| 2 to 2 +\|$/);
    expect(informed).toMatch(/^\| third +\| +\| +\| 3\.0 ms +\| 0\.9 - 1\.1 +\| +\| +\| +\| +\| 2 to 2 +\|$/);
    expect(new Set([head, rule, held, short, informed].map((line) => line?.length)).size).toBe(1);
  });
});

it('leaves out what is empty, and what a narrow terminal has no place for', () => {
  const facts = { low: 0.9, high: 1.1, unit: 'ratio', absolute: '2 to 2' } as const;
  const figures = [{ label: 'one', driver: 'engine', size: 64, median: 1, ...facts } as const];
  const heads = [200, 60, 45, 20].map((width) =>
    table(figures, width)[0]!
      .split('|')
      .map((cell) => cell.trim()),
  );

  expect(heads.map((cells) => cells.slice(1, -1))).toEqual([
    ['figure', 'driver', 'payload', 'value', '(half of rounds)', 'absolute'],
    ['figure', 'driver', 'payload', 'value', '(half of rounds)'],
    ['figure', 'driver', 'payload', 'value'],
    ['figure', 'payload', 'value'],
  ]);
});

it.each([
  ['ratio', '1.23'],
  ['us', '1.2 us'],
  ['frames', '1 frames'],
] as const)('shows a value as %s', (unit, text) => {
  expect(showValue({ median: 1.234, unit })).toBe(text);
});

it.each([
  [2_095_432, '2.10 M/s'],
  [302_123, '302 k/s'],
  [33.4, '33.4/s'],
])('shows %d a second as %s', (rate, text) => {
  expect(showRate(rate)).toBe(text);
});

it.each([
  [undefined, ''],
  [64, '64 B'],
  [32 * 1024, '32 KiB'],
  [2 * 1024 * 1024, '2 MiB'],
])('shows %s bytes as %s', (bytes, text) => {
  expect(showBytes(bytes)).toBe(text);
});
