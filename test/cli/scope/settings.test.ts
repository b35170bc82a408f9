import { describe, expect, it } from 'vitest';
import { peakOf, readAt, shownBins } from '../../../src/cli/scope/measure.js';
import { applyKey, defaultSettings, type ScopeSettings } from '../../../src/cli/scope/settings.js';
import { keysIn } from '../../../src/cli/scope/terminal.js';
import { windowFacts } from '../../../src/cli/scope/windows.js';

const context = { scale: { bottom: -100, top: -20 }, peak: 0.25 };
const press = (keys: readonly string[], from: ScopeSettings = defaultSettings): ScopeSettings =>
  keys.reduce((settings, key) => applyKey(settings, key, context), from);

describe('applyKey', () => {
  it.each([
    [['up'], { reference: -25, range: 80 }],
    [['down', 'down'], { reference: -10, range: 80 }],
    [['+'], { reference: -20, range: 70 }],
    [['-'], { reference: -20, range: 90 }],
    [['up', 'a'], { reference: undefined, range: undefined }],
    [['p'], { marker: 0.25 }],
    [['m'], { marker: 0.25 }],
    [['m', 'm'], { marker: undefined }],
    [['p', ']'], { zoom: 2, centre: 0.25 }],
    [['p', ']', ']', ']'], { zoom: 8, centre: 0.25 }],
    [[']', ']', '[', '[', '['], { zoom: 1, centre: 0 }],
    [['<'], { centre: 0 }], // the whole band has no more
    [[']', '<'], { centre: -0.125 }],
    [['w'], { window: 'hann' }],
    [['b'], { bins: 4096 }],
    [['B', 'B'], { bins: 512 }],
    [['v'], { averages: 8 }],
    [['V', 'V', 'V'], { averages: 1 }],
    [['h'], { holds: true }],
    [['c'], { clears: 1 }],
    [[' '], { paused: true }],
    [['?'], { showsKeys: true }],
  ])('%j', (keys, expected) => {
    expect(press(keys)).toMatchObject(expected);
  });

  it('moves the marker by half a hundredth of what is shown', () => {
    expect(press(['p', 'right']).marker).toBeCloseTo(0.255);
    expect(press(['p', ']', 'left']).marker).toBeCloseTo(0.2475);
  });

  it('takes no notice of other keys', () => {
    expect(press(['x'])).toBe(defaultSettings);
  });
});

describe('keysIn', () => {
  it.each([
    ['q', ['q']],
    ['\x1b[A\x1b[B\x1bOC\x1b[D', ['up', 'down', 'right', 'left']],
    ['a\x1b[5~b', ['a', 'b']],
    ['\x03', ['\x03']],
  ])('%j', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });
});

it.each([
  ['rectangular', 1],
  ['hann', 1.5],
  ['blackman-harris', 2.0044],
  ['flattop', 3.7702],
] as const)('%s has an equivalent noise bandwidth of %d bins', (name, bins) => {
  expect(windowFacts(name).noiseBins).toBeCloseTo(bins, 3);
});

describe('measuring', () => {
  it('finds a peak between two bins', () => {
    const levels = Float32Array.from({ length: 64 }, (_, bin) => -10 - (bin - 40.25) ** 2);
    const peak = peakOf(levels, { from: 0, to: 64 })!;
    expect(peak.at).toBeCloseTo(40.25 / 64 - 0.5);
    expect(peak.level).toBeCloseTo(-10);
  });

  it('looks within the shown band only, and finds nothing in silence', () => {
    const levels = new Float32Array(64).fill(-200);
    expect(peakOf(levels, { from: 0, to: 64 })).toBeUndefined();
    levels[3] = -10;
    expect(peakOf(levels, shownBins(64, 4, 0.25))).toBeUndefined();
    expect(peakOf(levels, shownBins(64, 1, 0))!.at).toBeCloseTo(3 / 64 - 0.5, 1);
  });

  it('reads the bin nearest to a place', () => {
    const levels = Float32Array.from({ length: 64 }, (_, bin) => -bin);
    expect(readAt(levels, 0)).toEqual({ at: 0, level: -32 });
    expect(readAt(levels, 0.5).level).toBe(-63);
  });

  it('shows as many bins as the zoom says, within the band', () => {
    expect(shownBins(2048, 1, 0)).toEqual({ from: 0, to: 2048 });
    expect(shownBins(2048, 4, 0)).toEqual({ from: 768, to: 1280 });
    expect(shownBins(2048, 4, 0.49)).toEqual({ from: 1536, to: 2048 });
  });
});
