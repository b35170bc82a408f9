import { frequencyAxis, placeLabels, roundStep } from './axis.js';
import { type Palette } from './colour.js';
import { drawBars, drawWaterfall, rowsPerLine, toColumns } from './plot.js';
import { type Scale } from './scale.js';
import { type Figures } from './stats.js';
import { decibels, fit, milliseconds, withPrefix, type Glyphs } from './text.js';
import { type View } from './view.js';

/** How a picture is drawn. */
export interface Style {
  readonly columns: number;
  readonly rows: number;
  readonly palette: Palette;
  readonly glyphs: Glyphs;
  readonly picturesPerSecond: number;
  /** Said before the connection in the last line. */
  readonly hint?: string;
}

const gutter = 7;

/** Draws a whole picture: `rows` lines, each `columns` wide. `link` tells how the connection is. */
export function render(view: View, link: string, style: Style): string[] {
  const { columns, rows } = style;
  const width = columns - gutter - 1;
  const body = rows - 4; // header, two lines of axis, footer
  if (width < 20 || body < 4) {
    return [header(view.figures, style), fit('a larger window shows more', columns)].slice(0, rows);
  }
  const upper = Math.round(body * 0.45);
  const { spectrum, peaks, scale } = view;
  const picture =
    spectrum && peaks && scale
      ? [
          ...drawSpectrum(spectrum, peaks, scale, width, upper, style),
          ...drawAxis(view, width, style),
          ...drawHistory(view.history, scale, width, body - upper, style),
        ]
      : waiting(link, columns, body + 2);
  return [header(view.figures, style), ...picture, footer(view, link, style)];
}

function header(figures: Figures, { columns, palette, glyphs }: Style): string {
  const none = figures.framesPerSecond === 0;
  const lost = `lost ${figures.lost}`;
  const pieces = [
    withPrefix(figures.samplesPerSecond, 'S/s'),
    `${figures.framesPerSecond.toFixed(0)} frames/s`,
    withPrefix(figures.bytesPerSecond, 'B/s', 3),
    lost,
    ...(none ? ['no signal'] : [`latency ${milliseconds(figures.latencyMs)}`, `rms ${decibels(figures.rmsDb)}`]),
    ...(none ? [] : [`peak ${decibels(figures.peakDb)} dBFS`]),
  ];
  const long = ` ${pieces.join(glyphs.divider)}`;
  const short = ` ${pieces.join('  ').replace('frames/s', 'fr/s').replace(' dBFS', '')}`;
  const text = fit(long.length <= columns ? long : short, columns);
  const alarmed = figures.lost > 0 ? text.replace(lost, palette.alarm + lost + palette.reset + palette.bold) : text;
  return palette.bold + alarmed + palette.reset;
}

function drawSpectrum(
  spectrum: Float32Array,
  peaks: Float32Array,
  scale: Scale,
  width: number,
  height: number,
  { palette, glyphs }: Style,
): string[] {
  const range = scale.top - scale.bottom;
  const step = Math.max(10, roundStep((range / height) * 2.2));
  const labels = new Map<number, string>();
  for (let level = Math.floor(scale.top / step) * step; level > scale.bottom; level -= step) {
    labels.set(Math.round(((scale.top - level) / range) * height), String(level));
  }
  const bars = drawBars(
    toColumns(spectrum, width),
    toColumns(peaks, width),
    scale,
    height,
    new Set(labels.keys()),
    palette,
    glyphs,
  );
  return bars.map((bar, line) => {
    const label = labels.get(line);
    const text = (label ?? (line === 0 ? 'dBFS' : '')).padStart(gutter - 2);
    const edge = ` ${label === undefined ? glyphs.vertical : glyphs.tickLeft}`;
    return `${palette.dim}${text}${edge}${palette.reset}${bar} `;
  });
}

function drawAxis({ source }: View, width: number, { palette, glyphs }: Style): string[] {
  const { unit, ticks } = frequencyAxis(source?.centerFreq ?? 0, source?.sampleRate ?? 0, width);
  const marked = new Set(ticks.map(({ column }) => column));
  const line = Array.from({ length: width }, (_, column) => (marked.has(column) ? glyphs.tickDown : glyphs.horizontal));
  const corner = glyphs.corner.padStart(gutter);
  const labels = `${unit.padStart(gutter - 2)}  ${placeLabels(ticks, width)}`;
  return [corner + line.join(''), labels].map((text) => `${palette.dim}${text}${palette.reset} `);
}

function drawHistory(
  history: readonly Float32Array[],
  scale: Scale,
  width: number,
  height: number,
  { palette, glyphs, picturesPerSecond }: Style,
): string[] {
  const secondsPerLine = rowsPerLine(glyphs) / picturesPerSecond;
  const step = Math.max(1, Math.round(roundStep(secondsPerLine * 4) / secondsPerLine));
  return drawWaterfall(history, scale, width, height, palette, glyphs).map((row, line) => {
    const age = line === 0 ? 'now' : line % step === 0 ? `-${(line * secondsPerLine).toFixed(1)} s` : '';
    return `${palette.dim}${age.padStart(gutter - 1)} ${palette.reset}${row} `;
  });
}

function footer({ source }: View, link: string, { columns, palette, glyphs, hint = '' }: Style): string {
  const centre = source && source.centerFreq !== 0 ? ` around ${withPrefix(source.centerFreq, 'Hz', 6)}` : '';
  const what = source ? `${source.sampleType}${centre}` : '';
  const text = ` ${[hint, link, what, 'rxzmq'].filter((piece) => piece !== '').join(glyphs.divider)}`;
  return `${palette.dim}${fit(text, columns)}${palette.reset}`;
}

function waiting(link: string, columns: number, height: number): string[] {
  const lines = Array.from({ length: height }, () => ' '.repeat(columns));
  lines[height >> 1] = fit(' '.repeat(Math.max(0, (columns - link.length) >> 1)) + link, columns);
  return lines;
}
