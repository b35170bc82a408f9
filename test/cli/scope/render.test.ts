import { frame } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { createPalette, type ColourMode } from '../../../src/cli/scope/colour.js';
import { render, type Style } from '../../../src/cli/scope/render.js';
import { glyphsFor } from '../../../src/cli/scope/text.js';
import { createNextView, emptyView, type View } from '../../../src/cli/scope/view.js';

const fftSize = 2048;

function style(columns: number, rows: number, mode: ColourMode): Style {
  return { columns, rows, palette: createPalette(mode), glyphs: glyphsFor(mode, {}), picturesPerSecond: 10 };
}

/** What a screen would show: every escape sequence of a picture is a change of colour. */
const plain = (line: string): string => line.replace(/\x1b\[[\d;]*m/g, '');

/** A view of a tone in one bin, after so many pictures. */
function toneView(bin: number, pictures = 3, sampleRate = 1e6, centerFreq = 100e6): View {
  const next = createNextView(10);
  let view = emptyView;
  for (let sequence = 0; sequence < pictures; sequence++) {
    const samples = Float32Array.from({ length: 2 * fftSize }, (_, i) => {
      const turn = (2 * Math.PI * bin * (i >> 1)) / fftSize;
      const noise = 0.001 * Math.sin(i * i);
      return 0.5 * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn)) + noise;
    });
    const made = { ...frame(samples, { sampleRate, centerFreq }), sequence };
    view = next(view, { value: [{ frame: made, timestampNs: made.timestampNs + 1_500_000n }], interval: 100 });
  }
  return view;
}

describe('render', () => {
  const modes = ['none', '16', '256', '24bit'] as const;
  const sizes = [
    [80, 24],
    [120, 40],
    [41, 12],
    [200, 60],
    [29, 9],
    [20, 5],
    [8, 1],
  ] as const;

  it.each(modes.flatMap((mode) => sizes.map(([columns, rows]) => ({ mode, columns, rows }))))(
    'fills $columns x $rows exactly, colours $mode',
    ({ mode, columns, rows }) => {
      for (const view of [emptyView, toneView(100)]) {
        const lines = render(view, 'connected to tcp://127.0.0.1:5555', style(columns, rows, mode)).map(plain);
        expect(lines.length).toBeLessThanOrEqual(rows);
        if (columns >= 40 && rows >= 10) expect(lines).toHaveLength(rows);
        expect(lines.map((line) => line.length)).toEqual(lines.map(() => columns));
      }
    },
  );

  it('is plain ASCII without colour', () => {
    const text = render(toneView(100), 'connected', style(100, 30, 'none')).join('');
    expect(text).toMatch(/^[\x20-\x7e]*$/);
  });

  it('ends each line as it began, without colour', () => {
    for (const line of render(toneView(100), 'connected', style(100, 30, '24bit'))) {
      if (line.includes('\x1b')) expect(line.lastIndexOf('\x1b[0m')).toBe(line.lastIndexOf('\x1b['));
    }
  });

  it('draws the tone where the axis says it is', () => {
    const lines = render(toneView(fftSize / 4), 'connected', style(108, 30, 'none'));
    const column = 7 + 75; // a quarter of the rate above the centre, at three quarters of 100 columns
    const axis = lines.findIndex((line) => /^ *MHz /.test(line));
    expect(lines[axis]!.indexOf('100.2')).toBeGreaterThan(column - 8); // 100.25 lies between 100.2 and 100.3
    expect(lines[axis]!.indexOf('100.2')).toBeLessThan(column);
    expect(lines[4]![column]).toBe('#');
    expect(lines[4]!.slice(8).replaceAll("'", '').trim().replaceAll('#', '')).toBe('');
    expect(lines[axis + 1]![column]).toBe('@');
  });

  it('labels levels from the top down', () => {
    const lines = render(toneView(100), 'connected', style(100, 40, 'none'));
    const labels = lines.flatMap((line) => /^ *(-?\d+) \+/.exec(line)?.[1] ?? []).map(Number);
    expect(labels.length).toBeGreaterThan(2);
    expect(labels).toEqual([...labels].sort((a, b) => b - a));
  });

  it('tells the figures in one line', () => {
    const [header] = render(toneView(100), 'connected', style(120, 30, 'none'));
    expect(header).toMatch(
      /^ 20\.48 kS\/s \| 10 frames\/s \| 164 kB\/s \| lost 0 \| latency 1\.50 ms \| rms -6\.0 \| peak -6\.0 dBFS +$/,
    );
    expect(render(toneView(100), 'connected', style(80, 30, 'none'))[0]).toContain('peak -6.0');
  });

  it('shows two spectra a line with colour and one without', () => {
    const rows = (mode: ColourMode): number => {
      const lines = render(toneView(100, 8), 'connected', style(100, 40, mode)).map(plain);
      const from = lines.findIndex((line) => /^ *MHz /.test(line)) + 1;
      return lines.slice(from, -1).filter((line) => line.slice(7).trim() !== '').length;
    };
    expect(rows('24bit')).toBe(4);
    expect(rows('none')).toBe(8);
  });

  it('says how the connection is, with and without a signal', () => {
    const link = 'nobody answers at tcp://127.0.0.1:5555, trying again';
    for (const view of [emptyView, toneView(3)]) {
      expect(render(view, link, style(80, 24, 'none')).join('\n')).toContain(link);
    }
  });
});

describe('createNextView', () => {
  it('goes on without frames and says that there is no signal', () => {
    const view = toneView(100);
    const next = createNextView(10);
    let later = view;
    for (let i = 0; i < 10; i++) later = next(later, { value: [], interval: 100 });
    expect(later.figures.framesPerSecond).toBe(0);
    expect(later.total.frames).toBe(view.total.frames);
    expect(later.history).toHaveLength(view.history.length);
    expect(render(later, 'gone', style(100, 30, 'none'))[0]).toContain('no signal');
  });

  it('keeps a bounded history', () => {
    expect(toneView(5, 250).history.length).toBeLessThan(250);
  });
});
