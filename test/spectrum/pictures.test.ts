import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencyAxis, levelTicks, roundStep } from '../../src/spectrum/axis.js';
import { columnsOf, strongestOf, weakestOf } from '../../src/spectrum/columns.js';
import { findPeaks } from '../../src/spectrum/findPeaks.js';
import { fitRange } from '../../src/spectrum/fitRange.js';
import { colourAt, PALETTE_NAMES, palettePixels } from '../../src/spectrum/palettes.js';
import { decibels, levelPowers, quantize } from '../../src/spectrum/SpectrumLine.js';
import { frequencyText, levelText, millisecondsText, withPrefix } from '../../src/spectrum/text.js';

describe('columns', () => {
  it('show every bin of the whole band, in order, and none twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 5000 }), (width, bins) => {
        fc.pre(bins >= width);
        const { from, to } = columnsOf(width, bins, 0, bins);
        expect(from[0]).toBe(0);
        expect(to[width - 1]).toBe(bins);
        for (let x = 1; x < width; x += 1) expect(from[x]).toBe(to[x - 1]);
      }),
    );
  });

  it('have a bin each where there are fewer bins than columns, and none outside of the band', () => {
    const { from, to } = columnsOf(10, 4, -1, 4);
    expect([...from].map((bin, x) => (to[x]! > bin ? bin : -1))).toEqual([-1, -1, 0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('pick the strongest and the weakest', () => {
    const columns = columnsOf(2, 4, 0, 4);
    expect([...strongestOf([1, 5, 2, 3], columns, new Float32Array(2))]).toEqual([5, 3]);
    expect([...weakestOf([1, 5, 2, 3], columns, new Float32Array(2))]).toEqual([1, 2]);
  });
});

describe('levels of one byte', () => {
  it('are right to a quarter of a dB, 127 dB down from the strongest', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -150, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 115, noNaN: true }),
        (top, below) => {
          const power = [10 ** (top / 10), 10 ** ((top - below) / 10)];
          const line = quantize(power, 1);
          const back = levelPowers(line.top, line.step);
          line.levels.forEach((level, i) =>
            expect(Math.abs(decibels(back[level]!) - decibels(power[i]!))).toBeLessThanOrEqual(0.2501),
          );
        },
      ),
    );
  });

  it('apply a factor, and keep silence at 0', () => {
    const { levels, top } = quantize([4, 0], 0.25);
    expect([levels[0], top]).toEqual([255, 0]);
    expect(levels[1]).toBe(0);
    expect([...quantize([0, 0], 1).levels]).toEqual([0, 0]);
  });
});

describe('findPeaks', () => {
  it('finds the strongest of several tones, and no noise', () => {
    const power = Array.from({ length: 512 }, (_, i) => 1e-9 * (1 + 0.5 * Math.sin(i * 12.9)));
    for (const [bin, value] of [
      [100, 1e-3],
      [200, 1e-2],
      [203, 1e-5],
      [400, 1e-4],
    ] as const) {
      power[bin] = value;
      power[bin - 1] = power[bin + 1] = value / 2.2;
    }
    const peaks = findPeaks(power, { window: 'blackmanHarris', windowSamples: 512 }, 3);
    expect(peaks.map(({ bin }) => Math.round(bin))).toEqual([200, 100, 400]);
    expect(
      findPeaks(
        Array.from({ length: 512 }, () => 1e-9),
        { window: 'hann', windowSamples: 512 },
        3,
      ),
    ).toEqual([]);
  });
});

describe('fitRange', () => {
  const noise = (dB: number, peak: number) => Array.from({ length: 400 }, (_, i) => 10 ** ((i === 7 ? peak : dB) / 10));

  it('has noise at the bottom and room above the strongest', () => {
    expect(fitRange(undefined, noise(-101, -20))).toEqual({ bottom: -110, top: -10 });
  });

  it('stays as long as the signal fits', () => {
    const range = fitRange(undefined, noise(-101, -20));
    expect(fitRange(range, noise(-97, -25))).toEqual(range);
    expect(fitRange(range, noise(-60, -25))).not.toEqual(range);
  });

  it('takes silence', () => {
    const { bottom, top } = fitRange(undefined, [0, 0, 0, 0]);
    expect(top - bottom).toBeGreaterThanOrEqual(40);
  });
});

describe('axes', () => {
  it('have round frequencies in their unit', () => {
    const { unit, ticks } = frequencyAxis(432.896e6, 434.944e6, 10);
    expect(unit).toBe('MHz');
    expect(ticks.map(({ label }) => label)).toEqual(['433.0', '433.5', '434.0', '434.5']);
    expect(frequencyAxis(-1000, 1000, 4, true).ticks.map(({ label }) => label)).toEqual([
      '-1.0',
      '-0.5',
      '0',
      '+0.5',
      '+1.0',
    ]);
    expect(frequencyAxis(-1000, 1000, 4, true).unit).toBe('kHz');
  });

  it('take anything', () => {
    for (const [low, high] of [
      [0, 0],
      [NaN, NaN],
      [-Infinity, Infinity],
      [1, -1],
      [1e18, 1e18 + 1],
    ] as const)
      expect(frequencyAxis(low, high, 8).ticks.length).toBeLessThanOrEqual(1000);
    expect(levelTicks(-100, 0, 5).map(({ label }) => label)).toEqual(['-100', '-80', '-60', '-40', '-20', '0']);
    expect(roundStep(0.3)).toBe(0.5);
  });
});

describe('palettes', () => {
  it.each(PALETTE_NAMES)('%s grows brighter from level to level', (name) => {
    const luminance = Array.from({ length: 64 }, (_, i) => {
      const [red, green, blue] = colourAt(name, i / 63);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    luminance.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(luminance[i]! - 0.8));
    expect(luminance.at(-1)! - luminance[0]!).toBeGreaterThan(150);
    expect(palettePixels(name)).toHaveLength(256);
  });
});

describe('texts', () => {
  it.each([
    [withPrefix(2.048e6, 'S/s'), '2.048 MS/s'],
    [frequencyText(433_920_012, 1), '433.920\u2009012 MHz'],
    [frequencyText(-12_000, 100, true), '\u221212.0 kHz'],
    [frequencyText(12_000, 100, true), '+12.0 kHz'],
    [levelText(-23.44), '\u221223.4'],
    [levelText(-300), '\u2013'],
    [millisecondsText(5.25), '5.3 ms'],
    [millisecondsText(1e6), 'clocks differ'],
    [millisecondsText(NaN), '\u2013'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
