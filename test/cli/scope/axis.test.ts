import { describe, expect, it } from 'vitest';
import { frequencyAxis, placeLabels } from '../../../src/cli/scope/axis.js';

describe('frequencyAxis', () => {
  it('puts round frequencies where they belong', () => {
    const { unit, ticks } = frequencyAxis(100e6, 2e6, 100);
    expect(unit).toBe('MHz');
    expect(ticks.find(({ label }) => label === '100.0')?.column).toBe(50);
    expect(ticks.find(({ label }) => label === '99.5')?.column).toBe(25);
  });

  it('shows offsets with a sign where the centre is not known', () => {
    const { unit, ticks } = frequencyAxis(0, 48e3, 80);
    expect(unit).toBe('kHz');
    expect(ticks.map(({ label }) => label)).toEqual(['-20', '-10', '0', '+10', '+20']);
  });

  it('gets by without a sample rate', () => {
    expect(frequencyAxis(0, 0, 40)).toEqual({ unit: 'bins', ticks: [{ column: 20, label: '0' }] });
  });

  it.each([20, 33, 80, 250])('fits into %i columns', (width) => {
    for (const [centre, span] of [
      [433.92e6, 2.048e6],
      [0, 2.048e6],
      [2.4e9, 56e6],
      [1e3, 7.77],
    ] as const) {
      const { ticks } = frequencyAxis(centre, span, width);
      for (const { column } of ticks) {
        expect(column).toBeGreaterThanOrEqual(0);
        expect(column).toBeLessThan(width);
      }
      expect(placeLabels(ticks, width)).toHaveLength(width);
    }
  });
});

describe('placeLabels', () => {
  it('centres labels under their ticks and leaves out those that would touch', () => {
    const ticks = [
      { column: 2, label: 'abc' },
      { column: 5, label: 'xyz' },
      { column: 9, label: 'def' },
    ];
    expect(placeLabels(ticks, 12)).toBe(' abc    def ');
  });
});
