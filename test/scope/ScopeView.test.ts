import { frame, type Frame, type SpectrumLine } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { type CoreSettings, defaultSettings } from '../../src/scope/core/settings.js';
import { ScopeView } from '../../src/scope/view/ScopeView.js';
import { quantize } from '../../src/spectrum/SpectrumLine.js';
import { dB, tone, toneFrames } from '../spectrum/tones.js';
import { FakeSurface } from './FakeSurface.js';

const rate = 2.048e6;
const centre = 433.92e6;

function open(settings: Partial<CoreSettings> = {}) {
  const surface = new FakeSurface();
  const view = new ScopeView(surface, { ...defaultSettings, bins: 1024, ...settings });
  view.resize(1000, 600, 1);
  let nowMs = 0;
  const draw = (...values: readonly (Frame | SpectrumLine)[]): void => {
    nowMs += 1000 / 60;
    for (const value of values) view.take(value, 5, nowMs);
    view.draw(nowMs);
  };
  const pass = (ms: number): void => void (nowMs += ms);
  return { surface, view, draw, pass };
}

/** Frames of a tone at a frequency. */
const at = (hz: number, amplitude = 0.1, count = 1, samples = 4096): Frame[] =>
  toneFrames((hz - centre) / rate, amplitude, count, samples, { sampleRate: rate, centerFreq: centre });

const bin = rate / 1024;
/** Where a frequency is in the picture, which has a gutter of 48 and an edge of 10 pixels. */
const xOf = (hz: number): number => 48 + ((hz - (centre - rate / 2 - bin / 2)) / rate) * (1000 - 58);

describe('ScopeView', () => {
  it('reads what it is given where nothing can be drawn, and says so', () => {
    for (const context of [null, undefined]) {
      const view = new ScopeView(
        { width: 1, height: 1, getContext: () => context },
        { ...defaultSettings, bins: 1024 },
      );
      view.resize(1000, 600, 1);
      for (const one of at(centre)) view.take(one, 5, 10);
      view.draw(20);
      expect(view.readings()).toMatchObject({ state: { kind: 'bad', text: 'no picture' }, rows: 1 });
    }
  });

  it.each([1e20, 1e38, 1e150])('shows the signal again after a sample of %d, or a line of such levels', (wild) => {
    const hz = centre + 100 * bin;
    const [one] = at(hz);
    const samples = new Float64Array(one!.samples.length);
    samples[1000] = wild;
    const facts = { sampleRate: rate, centerFreq: centre, timestampNs: 0n };
    const levels = { bins: 1024, levels: new Uint8Array(1024).fill(255), top: 20 * Math.log10(wild), step: 0.5 };
    const window = { window: defaultSettings.window, windowSamples: 1024, rms: 0, peak: 0, sequence: 0, lost: 0 };
    for (const value of [frame(samples, facts), { ...facts, ...levels, ...window } satisfies SpectrumLine]) {
      const { view, draw } = open({ peakDecay: 120 });
      draw(value);
      for (let i = 0; i < 400; i += 1) draw(...at(hz));
      view.gesture({ kind: 'tap', x: xOf(hz), y: 200, adds: false });
      draw(...at(hz));
      const { marker, range } = view.readings();
      expect(Math.abs(marker!.level - dB(0.1))).toBeLessThan(0.5);
      expect(range.top).toBeLessThan(20);
    }
  });

  it.each([
    ['on a bin', centre + 100 * bin],
    ['between bins', centre + 100.5 * bin],
    ['near a bin', centre - 333.13 * bin],
    ['at the centre', centre],
  ])('reads a tone %s off the marker, to half a bin and half a dB', (_, hz) => {
    const { view, draw } = open({ average: 1 });
    draw(...at(hz));
    view.gesture({ kind: 'tap', x: xOf(hz), y: 200, adds: false });
    draw(...at(hz));
    const { marker } = view.readings();
    expect(Math.abs(marker!.frequency - hz)).toBeLessThan(bin / 2);
    expect(Math.abs(marker!.level - dB(0.1))).toBeLessThan(0.5);
  });

  it('reads the same off lines', () => {
    const hz = centre + 77.4 * bin;
    const { view, draw } = open({ average: 1 });
    const analysed = open({ average: 1 });
    analysed.draw(...at(hz));
    const power = Array.from({ length: 512 }, () => 1e-12);
    power[300] = 0.25;
    const line: SpectrumLine = {
      ...quantize(power, 1),
      bins: 512,
      centerFreq: centre,
      sampleRate: rate,
      timestampNs: 0n,
      sequence: 0,
      window: 'rectangular',
      windowSamples: 512,
      rms: -6,
      peak: -3,
      lost: 0,
    };
    draw(line);
    view.command('strongest');
    const { marker } = view.readings();
    expect(Math.abs(marker!.frequency - (centre + (300 / 512 - 0.5) * rate))).toBeLessThan(rate / 512 / 2);
    expect(Math.abs(marker!.level - dB(0.5))).toBeLessThan(0.5);
  });

  it('has a difference of two markers', () => {
    const { view, draw } = open({ average: 1 });
    const two = at(centre + 100 * bin)[0]!;
    const other = tone(-50 / 1024, 0.05, 4096);
    const both = { ...two, samples: (two.samples as Float32Array).map((value, i) => value + other[i]!) } as Frame;
    draw(both);
    view.command('strongest');
    view.command('delta');
    view.command('strongest');
    draw(both);
    const { marker, reference } = view.readings();
    expect(Math.abs(marker!.frequency - reference!.frequency + 150 * bin)).toBeLessThan(bin / 2);
    expect(Math.abs(marker!.level - reference!.level + 6.02)).toBeLessThan(0.1);
    view.command('delta');
    draw(both);
    expect(view.readings().reference).toBeUndefined();
    view.command('escape');
    draw(both);
    expect(view.readings().marker).toBeUndefined();
  });

  it('moves the marker by bins, or by pixels', () => {
    const { view, draw } = open({ average: 1, bins: 256 });
    const wide = rate / 256;
    draw(...at(centre));
    view.command('markerRight');
    draw();
    const first = view.readings().marker!.frequency;
    view.command('markerRight');
    draw();
    expect(view.readings().marker!.frequency - first).toBeGreaterThan(wide / 2);
    for (let i = 0; i < 100; i += 1) view.command('markerFarRight');
    draw();
    expect(view.readings().marker!.frequency).toBeLessThan(centre + rate / 2);
  });

  it('lists the strongest tones', () => {
    const { view, draw, surface } = open({ peakList: true });
    draw(...at(centre + 1e5));
    const { peaks } = view.readings();
    expect(peaks).toHaveLength(1);
    expect(Math.abs(peaks[0]!.frequency - centre - 1e5)).toBeLessThan(bin / 2);
    expect(surface.texts.join(' ')).toMatch(/434\.020.* MHz/);
  });

  it('holds peak and minimum until they are reset, and lets a peak fall', () => {
    const { draw, view } = open({ peakHold: true, minimumHold: true, average: 1, peakDecay: 60 });
    draw(...at(centre, 0.5));
    for (let i = 0; i < 60; i += 1) draw(...at(centre, 0.01));
    view.command('resetHolds');
    draw(...at(centre, 0.01));
    expect(view.readings()).toMatchObject({ peakHold: true, minimumHold: true });
  });

  it('draws a column of the waterfall at the tone, also after zoom, other levels, colours and sizes', () => {
    const { surface, view, draw } = open({ average: 1, range: { bottom: -100, top: 0 } });
    const hz = centre + 200 * bin;
    for (let i = 0; i < 20; i += 1) draw(...at(hz));
    const brightest = () => {
      const { words, width } = surface.put!;
      const row = [...words.subarray(0, width)];
      const red = row.map((word) => (word & 0xff) + ((word >> 8) & 0xff));
      return row.length === 0 ? -1 : red.indexOf(Math.max(...red)) + 48;
    };
    expect(Math.abs(brightest() - xOf(hz))).toBeLessThan(2);
    const rows = (word: number) => surface.put!.words[word * surface.put!.width + Math.round(xOf(hz)) - 48];
    expect(rows(10)).toBe(rows(0));
    expect(rows(40)).not.toBe(rows(0));

    view.gesture({ kind: 'zoom', x: xOf(hz), y: 100, factor: 4, levels: false });
    draw();
    expect(Math.abs(brightest() - xOf(hz))).toBeLessThan(4);
    view.command('palette');
    view.command('levelUp');
    view.resize(400, 500, 2);
    draw();
    expect(surface.put!.width).toBe(800);
    expect([surface.width, surface.height]).toEqual([800, 1000]);
    view.resize(1000, 600, 1);
    view.command('fullSpan');
    draw();
    expect(Math.abs(brightest() - xOf(hz))).toBeLessThan(2);
  });

  it('keeps the past at its frequencies when the centre moves', () => {
    const { surface, draw } = open({ average: 1, range: { bottom: -100, top: 0 } });
    for (let i = 0; i < 10; i += 1) draw(...at(centre));
    const moved = toneFrames(-0.1, 0.1, 1, 4096, { sampleRate: rate, centerFreq: centre + 0.1 * rate });
    draw(...moved);
    const { words, width } = surface.put!;
    const brightest = (row: number) => {
      const levels = [...words.subarray(row * width, (row + 1) * width)].map(
        (word) => (word & 0xff) + ((word >> 8) & 0xff),
      );
      return levels.indexOf(Math.max(...levels));
    };
    expect(Math.abs(brightest(0) - brightest(5))).toBeLessThan(3);
  });

  it('fits the levels, shifts and zooms them by hand, and fits them again', () => {
    const { view, draw, pass } = open();
    draw(...at(centre, 0.1));
    const { range, isAuto } = view.readings();
    expect(isAuto).toBe(true);
    expect(range.top).toBeGreaterThan(dB(0.1));
    view.gesture({ kind: 'drag', x: 500, y: 100, dx: 0, dy: 30 });
    expect(view.readings().isAuto).toBe(false);
    expect(view.readings().range.top).toBeGreaterThan(range.top);
    view.gesture({ kind: 'zoom', x: 20, y: 100, factor: 2, levels: false });
    const { bottom, top } = view.readings().range;
    expect(top - bottom).toBeCloseTo((range.top - range.bottom) / 2, 5);
    view.gesture({ kind: 'doubleTap' });
    pass(300);
    draw(...at(centre, 0.1));
    expect(view.readings()).toMatchObject({ isAuto: true, range });
  });

  it('pauses the picture, not the stream', () => {
    const { view, draw } = open();
    draw(...at(centre));
    view.command('pause');
    const { rows } = view.readings();
    for (let i = 0; i < 70; i += 1) draw(...at(centre));
    expect(view.readings()).toMatchObject({ rows, isPaused: true });
    expect(view.readings().figures.framesPerSecond).toBeGreaterThan(50);
    expect(view.readings().state.text).toBe('paused');
    view.command('pause');
    draw(...at(centre));
    expect(view.readings().rows).toBe(rows + 1);
  });

  it('has the figures of each second', () => {
    const { view, draw, surface } = open({ coverage: 'all' });
    const frames = at(centre, 0.5, 140);
    frames.splice(80, 3);
    for (let i = 0; i < 65; i += 1) draw(...frames.splice(0, 2));
    const { figures } = view.readings();
    expect(figures).toMatchObject({ kind: 'frames', sampleRate: rate, missing: 3 });
    expect(figures.framesPerSecond).toBeCloseTo(120, -1);
    expect(figures.picturesPerSecond).toBeCloseTo(60, -1);
    expect(figures.rmsDb).toBeCloseTo(dB(0.5), 1);
    expect(figures.peakDb).toBeCloseTo(dB(0.5), 1);
    expect(figures.latencyMs).toBe(5);
    expect(surface.texts).toEqual(expect.arrayContaining(['2.048 MS/s', 'lost', '3', 'latency', '5.0 ms']));
  });

  it('says what is skipped, and nothing of loss, where only the newest is read', () => {
    const { draw, surface } = open();
    for (let i = 0; i < 65; i += 1) draw({ ...at(centre)[0]!, sequence: 4 * i });
    expect(surface.texts).toEqual(expect.arrayContaining(['shown', '25 %']));
    expect(surface.texts).not.toContain('lost');
  });

  describe('with bad input', () => {
    const fine = at(centre)[0]!;
    it.each([
      ['no samples', { ...fine, samples: new Float32Array(0), numSamples: 0 } as Frame, 'no samples'],
      ['no rate', { ...fine, sampleRate: 0 }, 'no sample rate'],
      ['a rate of NaN', { ...fine, sampleRate: NaN }, 'no sample rate'],
      ['an infinite rate', { ...fine, sampleRate: Infinity }, 'no sample rate'],
      ['NaN', frame(new Float32Array(8192).fill(NaN), { sampleRate: rate }), 'NaN'],
      ['infinity', frame(new Float32Array(8192).fill(Infinity), { sampleRate: rate }), 'NaN'],
    ])('%s has a word in the badge, and the rest goes on', (_, bad, word) => {
      const { draw, view, surface } = open();
      draw(fine);
      draw(bad);
      draw(bad);
      expect(view.readings().state.text).toBe(word);
      expect(surface.texts).toContain(word);
      const { rows } = view.readings();
      draw(fine);
      expect(view.readings().rows).toBeGreaterThan(rows);
    });

    it('shows four million samples at once', () => {
      const { draw, view } = open();
      draw(frame(new Int8Array(2 * 2 ** 22), { sampleRate: rate }));
      expect(view.readings().rows).toBe(1);
    });

    it('has a word for a rate that changes at every frame', () => {
      const { draw, view } = open();
      for (let i = 0; i < 20; i += 1) draw({ ...fine, sampleRate: rate + i });
      expect(view.readings().state).toMatchObject({
        text: 'unsteady',
        reason: expect.stringMatching(/sample rate changes/),
      });
    });

    it('draws nothing on a canvas without pixels, and goes on with one', () => {
      const { draw, view, surface } = open();
      view.resize(0, 0, 1);
      const { pictures } = surface;
      draw(fine);
      expect(surface.pictures).toBe(pictures);
      for (const [width, height] of [
        [40, 40],
        [320, 60],
        [60, 700],
        [320, 480],
      ] as const) {
        view.resize(width, height, 2);
        draw(fine);
      }
      expect(view.readings().pictures).toBe(4);
    });

    it('says that nothing comes', () => {
      const { draw, view, pass, surface } = open();
      draw();
      expect(view.readings().state.text).toBe('waiting');
      pass(2500);
      draw();
      expect(view.readings().state.text).toBe('no signal');
      view.link({ kind: 'bad', text: 'refused', reason: 'the token is wrong' });
      draw();
      expect(surface.texts).toEqual(expect.arrayContaining(['refused', 'the token is wrong']));
    });
  });

  it('takes types, rates and frequencies that change in mid-stream', () => {
    const { draw, view } = open({ average: 1 });
    draw(...at(centre + 1e5));
    for (const [samples, sampleRate, centerFreq] of [
      [new Int8Array(8192).map((_, i) => Math.round(64 * (i % 2 === 0 ? 1 : 0))), 1e6, 100e6],
      [new Int16Array(8192).map((_, i) => Math.round(16_384 * (i % 2 === 0 ? 1 : 0))), 250e3, 7e6],
      [new Float64Array(8192).map((_, i) => (i % 2 === 0 ? 0.5 : 0)), 10e6, 2.4e9],
    ] as const) {
      draw(frame(samples as Int8Array, { sampleRate, centerFreq }));
      view.command('escape');
      view.command('strongest');
      draw(frame(samples as Int8Array, { sampleRate, centerFreq }));
      const { marker, low, high } = view.readings();
      expect(Math.abs(marker!.frequency - centerFreq)).toBeLessThan(sampleRate / 1024 / 2);
      expect(Math.abs(marker!.level - dB(0.5))).toBeLessThan(0.5);
      expect(high - low).toBeCloseTo(sampleRate, 3);
    }
  });

  it('keeps its line of figures over every picture, and has it again in another size, and after what lay over it', () => {
    const { draw, view, surface } = open();
    const frames = at(centre, 0.1, 90);
    for (let i = 0; i < 80; i += 1) draw(frames.shift()!);
    const line = ['latency', '5.0 ms', 'waiting'];
    const figures = () => surface.texts.filter((text) => line.includes(text));
    view.link({ kind: 'good', text: 'live' });
    draw(frames.shift()!);
    expect(surface.texts.filter((text) => text === 'live')).toHaveLength(1);
    expect(figures()).toEqual(['latency', '5.0 ms']);
    draw(frames.shift()!);
    expect(figures()).toEqual(['latency', '5.0 ms']);
    view.resize(900, 600, 1);
    draw(frames.shift()!);
    expect(figures()).toEqual(['latency', '5.0 ms']);
    view.command('theme');
    draw(frames.shift()!);
    expect(figures()).toEqual(['latency', '5.0 ms']);
    // help lies over the line of a low picture
    view.resize(900, 300, 1);
    view.command('help');
    draw(frames.shift()!);
    expect(surface.texts).toContain('space');
    view.gesture({ kind: 'tap', x: 500, y: 200, adds: false });
    draw(frames.shift()!);
    expect(surface.texts).not.toContain('space');
    expect(figures()).toEqual(['latency', '5.0 ms']);
  });

  it('shows its keys', () => {
    const { draw, view, surface } = open();
    view.command('help');
    draw();
    expect(surface.texts).toEqual(expect.arrayContaining(['space', 'pause', 'list of peaks']));
    view.gesture({ kind: 'tap', x: 500, y: 200, adds: false });
    draw();
    expect(surface.texts).not.toContain('list of peaks');
  });
});
