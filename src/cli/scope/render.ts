import { withPrefix } from '../../spectrum/text.js';
import { roundStep } from '../../spectrum/axis.js';
import { frequencyAxis, placeLabels } from './axis.js';
import type { Palette } from './colour.js';
import { factsLine, placeOf } from './factsLine.js';
import { drawLegend } from './legend.js';
import { shownBins } from './measure.js';
import { drawBars, drawWaterfall, rowsPerLine, toColumns } from './plot.js';
import type { Scale } from './scale.js';
import type { Figures } from './stats.js';
import { decibels, fit, milliseconds, type Glyphs } from './text.js';
import { keyHelp } from './settings.js';
import type { View } from './view.js';

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
/** Below this a picture of a spectrum says nothing. */
const leastWidth = 20;
const leastBody = 4;

/** Draws a whole picture: `rows` lines, each `columns` wide. `link` tells how the connection is. */
export function render(view: View, link: string, style: Style): string[] {
  const { columns, rows } = style;
  const width = columns - gutter - 1;
  const body = rows - 5; // two lines of figures, two of axis, footer
  if (width < leastWidth || body < leastBody) return small(view, link, style);
  const upper = Math.round(body * 0.45);
  const { spectrum, peaks, scale } = view;
  const picture =
    spectrum && peaks && scale
      ? [
          factsLine(view, style),
          ...drawSpectrum({ ...view, spectrum, peaks, scale }, width, upper, style),
          ...drawAxis(view, width, style),
          ...drawHistory(view, scale, width, body - upper, style),
        ]
      : waiting(link, columns, body + 3);
  return [header(view.figures, style), ...picture, footer(view, link, style)];
}

/** What matters most, a line each, where there is no space for a picture. */
function small(view: View, link: string, { columns, rows }: Style): string[] {
  const { figures, peak } = view;
  const lines = [
    figures.framesPerSecond === 0 ? 'no signal' : withPrefix(figures.samplesPerSecond, 'S/s'),
    `lost ${figures.lost}`,
    ...(peak ? [`${decibels(peak.level)} dBFS peak`, `at ${placeOf(peak.at, view)}`] : []),
    `rms ${decibels(figures.rmsDb)} dBFS`,
    link,
    'a larger window shows more',
  ];
  return lines.slice(0, rows).map((line) => fit(line, columns));
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

type Traces = View & Required<Pick<View, 'spectrum' | 'peaks' | 'scale'>>;

/** The part of a spectrum that is shown. */
function shownPart(levels: Float32Array, { settings }: View): Float32Array {
  const { from, to } = shownBins(levels.length, settings.zoom, settings.centre);
  return levels.subarray(from, to);
}

function drawSpectrum(view: Traces, width: number, height: number, { palette, glyphs }: Style): string[] {
  const { spectrum, peaks, scale } = view;
  const range = scale.top - scale.bottom;
  const step = Math.max(10, roundStep((range / height) * 2.2));
  const labels = new Map<number, string>();
  for (let level = Math.floor(scale.top / step) * step; level > scale.bottom; level -= step) {
    labels.set(Math.round(((scale.top - level) / range) * height), String(level));
  }
  const bars = drawBars(
    toColumns(shownPart(spectrum, view), width),
    toColumns(shownPart(peaks, view), width),
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

function drawAxis(view: View, width: number, { palette, glyphs }: Style): string[] {
  const { source, settings, marker, peak } = view;
  const { zoom, centre } = settings;
  const rate = source?.sampleRate ?? 0;
  const { unit, ticks } = frequencyAxis(
    (source?.centerFreq ?? 0) + centre * rate,
    rate / zoom,
    width,
    source?.centerFreq ?? 0,
  );
  const line = Array.from({ length: width }, () => glyphs.horizontal);
  for (const { column } of ticks) line[column] = glyphs.tickDown;
  for (const [reading, glyph] of [
    [peak, glyphs.peakMark],
    [marker, glyphs.marker],
  ] as const) {
    if (!reading) continue;
    const column = Math.floor(((reading.at - centre) * zoom + 0.5) * width);
    if (column >= 0 && column < width) line[column] = glyph;
  }
  const corner = glyphs.corner.padStart(gutter);
  const labels = `${unit.padStart(gutter - 2)}  ${placeLabels(ticks, width)}`;
  return [corner + line.join(''), labels].map((text) => `${palette.dim}${text}${palette.reset} `);
}

function drawHistory(
  view: View,
  scale: Scale,
  width: number,
  height: number,
  { palette, glyphs, picturesPerSecond }: Style,
): string[] {
  const secondsPerLine = rowsPerLine(glyphs) / picturesPerSecond;
  const step = Math.max(1, Math.round(roundStep(secondsPerLine * 4) / secondsPerLine));
  const shown = view.history.slice(0, height * rowsPerLine(glyphs)).map((row) => shownPart(row, view));
  return drawWaterfall(shown, scale, width, height, palette, glyphs).map((row, line) => {
    const age = line === 0 ? 'now' : line % step === 0 ? `-${(line * secondsPerLine).toFixed(1)} s` : '';
    return `${palette.dim}${age.padStart(gutter - 1)} ${palette.reset}${row} `;
  });
}

function footer(view: View, link: string, style: Style): string {
  const { source, settings, scale } = view;
  const { columns, palette, glyphs, hint = '' } = style;
  const centre = source && source.centerFreq !== 0 ? ` around ${withPrefix(source.centerFreq, 'Hz', 6)}` : '';
  const what = source ? `${source.sampleType}${centre}` : '';
  const pieces = settings.showsKeys ? [keyHelp] : [hint, link, what, 'rxzmq'];
  const text = ` ${pieces.filter((piece) => piece !== '').join(glyphs.divider)}`;
  const legend = scale && !settings.showsKeys ? drawLegend(scale, Math.floor(columns / 3), palette, glyphs) : noLegend;
  const space = legend.columns === 0 ? '' : ' ';
  const cut = fit(text, columns - legend.columns - space.length);
  return `${palette.dim}${cut}${palette.reset}${space}${legend.text}`;
}

const noLegend = { text: '', columns: 0 };

function waiting(link: string, columns: number, height: number): string[] {
  const lines = Array.from({ length: height }, () => ' '.repeat(columns));
  lines[height >> 1] = fit(' '.repeat(Math.max(0, (columns - link.length) >> 1)) + link, columns);
  return lines;
}
