import { columnsOf, type Columns, strongestOf, weakestOf } from '../../spectrum/columns.js';
import { decibels } from '../../spectrum/SpectrumLine.js';
import { levelTicks } from '../../spectrum/axis.js';
import { FONT } from './theme.js';
import { type Scene, yOf } from './Scene.js';

/** How many points of a line are filled below at once. */
const PIECE = 40;

/** Draws the spectrum with its grid and what is held. */
export function paintSpectrum(scene: Scene): void {
  const { pen, layout, theme, band } = scene;
  const { x, y, width, height } = layout.plot;
  pen.fillStyle = theme.plot;
  pen.fillRect(x, y, width, height);
  paintLevels(scene);
  if (band === undefined) return;

  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  const place = (frequency: number): number => ((frequency - band.low) / (band.high - band.low)) * band.bins;
  const [from, to] = [place(scene.low), place(scene.high)];
  // where a bin is wider than a pixel, the trace goes from the middle of a bin to that of the next
  const isWide = (to - from) * 2 < width;
  const columns = isWide ? undefined : columnsOf(Math.ceil(width), band.bins, from, to);
  const trace = (values: ArrayLike<number>, pick = strongestOf): Trace =>
    columns ? byColumns(scene, values, columns, pick) : byBins(scene, values, from, to);

  const shown = trace(scene.shown);
  const fill = pen.createLinearGradient(0, y, 0, y + height);
  fill.addColorStop(0, theme.fillTop);
  fill.addColorStop(1, theme.fillBottom);
  fillBelow(scene, shown, fill);
  if (scene.minimum) draw(scene, trace(scene.minimum, weakestOf), theme.minimum);
  if (scene.peak) draw(scene, trace(scene.peak), theme.peak);
  draw(scene, shown, theme.trace);
  pen.restore();
}

/** Points of a line, x and y in turn, in CSS pixels. */
type Trace = Float32Array;

function byColumns(scene: Scene, values: ArrayLike<number>, columns: Columns, pick: typeof strongestOf): Trace {
  const powers = pick(values, columns, new Float32Array(columns.from.length));
  const points = new Float32Array(2 * powers.length);
  let count = 0;
  for (let i = 0; i < powers.length; i += 1) {
    if (Number.isNaN(powers[i]!)) continue;
    points[count] = scene.layout.plot.x + i + 0.5;
    points[count + 1] = yOf(scene, decibels(powers[i]!));
    count += 2;
  }
  return points.subarray(0, count);
}

function byBins(scene: Scene, values: ArrayLike<number>, from: number, to: number): Trace {
  const { x, width } = scene.layout.plot;
  const first = Math.max(0, Math.floor(from - 0.5));
  const last = Math.min(values.length - 1, Math.ceil(to - 0.5));
  const points = new Float32Array(Math.max(0, 2 * (last - first + 1)));
  for (let bin = first, i = 0; bin <= last; bin += 1, i += 2) {
    points[i] = x + ((bin + 0.5 - from) / (to - from)) * width;
    points[i + 1] = yOf(scene, decibels(values[bin]!));
  }
  return points;
}

function draw({ pen }: Scene, points: Trace, style: unknown): void {
  if (points.length < 2) return;
  pen.beginPath();
  pen.moveTo(points[0]!, points[1]!);
  for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i]!, points[i + 1]!);
  pen.strokeStyle = style;
  pen.lineWidth = 1;
  pen.lineJoin = 'bevel';
  pen.stroke();
}

/** Fills what is below a line, in pieces: one area with as many corners as the line takes browsers far longer. */
function fillBelow({ pen, layout, ratio }: Scene, points: Trace, style: unknown): void {
  const base = layout.plot.y + layout.plot.height;
  const last = points.length - 2;
  pen.fillStyle = style;
  for (let from = 0; from < last; from += 2 * PIECE) {
    const to = Math.min(last, from + 2 * PIECE);
    const left = from === 0 ? points[0]! : borderAt(points, from, ratio);
    const right = to === last ? points[last]! : borderAt(points, to, ratio);
    pen.beginPath();
    pen.moveTo(left, base);
    pen.lineTo(left, levelAt(points, from, left));
    for (let i = from + 2; i <= to; i += 2) pen.lineTo(points[i]!, points[i + 1]!);
    pen.lineTo(right, to === last ? points[last + 1]! : levelAt(points, to, right));
    pen.lineTo(right, base);
    pen.fill();
  }
}

/** Where a piece begins, after a point: between two pixels of the canvas, as pieces that meet within one leave a seam. */
function borderAt(points: Trace, at: number, ratio: number): number {
  return Math.min(points[at + 2]!, Math.ceil(points[at]! * ratio) / ratio);
}

/** The line between a point and the next. */
function levelAt(points: Trace, at: number, x: number): number {
  const share = (x - points[at]!) / (points[at + 2]! - points[at]!);
  return points[at + 1]! + share * (points[at + 3]! - points[at + 1]!);
}

function paintLevels(scene: Scene): void {
  const { pen, layout, theme, range } = scene;
  const { x, y, width, height } = layout.plot;
  pen.font = `11px ${FONT}`;
  pen.textBaseline = 'middle';
  pen.textAlign = layout.isNarrow ? 'left' : 'right';
  const labelX = layout.isNarrow ? x + 4 : x - 7;
  for (const { value, label } of levelTicks(range.bottom, range.top, Math.max(2, height / 32))) {
    const at = Math.round(yOf(scene, value)) + 0.5;
    if (at < y + 20 || at > y + height - 5) continue;
    pen.fillStyle = theme.grid;
    pen.fillRect(x, at - 0.5, width, 1);
    pen.fillStyle = theme.text;
    pen.fillText(label.replace('-', '\u2212'), labelX, layout.isNarrow ? at - 7 : at);
  }
  if (layout.isNarrow) return;
  pen.fillStyle = theme.text;
  pen.fillText('dBFS', labelX, y + 7);
}
