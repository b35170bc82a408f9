import { frequencyAxis, roundStep } from '../../spectrum/axis.js';
import { FONT } from './theme.js';
import { type Scene, xOf } from './Scene.js';

/** Draws the frequencies between spectrum and waterfall, and their lines in the spectrum. */
export function paintAxis(scene: Scene): void {
  const { pen, layout, theme, band, low, high } = scene;
  const { plot, axis } = layout;
  pen.fillStyle = theme.background;
  pen.fillRect(0, axis.y, layout.width, axis.height);
  if (band === undefined) return;
  const most = Math.max(2, plot.width / (layout.isNarrow ? 74 : 92));
  const { unit, ticks } = band.hasRate
    ? frequencyAxis(low, high, most, band.isOffset)
    : { unit: 'bins', ticks: frequencyAxis(low, high, most, true).ticks.map(inBins) };
  pen.font = `11px ${FONT}`;
  pen.textBaseline = 'middle';
  pen.textAlign = layout.isNarrow ? 'right' : 'left';
  const unitWidth = pen.measureText(unit).width + 10;
  const unitX = layout.isNarrow ? plot.x + plot.width - 4 : 6;
  pen.fillStyle = theme.text;
  pen.fillText(unit, unitX, axis.y + axis.height / 2 + 1);
  const end = layout.isNarrow ? plot.x + plot.width - unitWidth : layout.width;
  pen.textAlign = 'center';
  for (const { value, label } of ticks) {
    const x = Math.round(xOf(scene, value));
    if (x < plot.x || x > plot.x + plot.width) continue;
    pen.fillStyle = theme.grid;
    pen.fillRect(x, plot.y, 1, plot.height);
    pen.fillStyle = theme.edge;
    pen.fillRect(x, axis.y, 1, 4);
    const half = pen.measureText(label).width / 2 + 2;
    if (x - half < 0 || x + half > end) continue;
    pen.fillStyle = theme.strong;
    pen.fillText(label.replace('-', '\u2212'), x, axis.y + axis.height / 2 + 2);
  }
}

const inBins = ({ value }: { readonly value: number }) => ({ value, label: value > 0 ? `+${value}` : String(value) });

/** Draws how long ago the rows of the waterfall were. */
export function paintAges(scene: Scene): void {
  const { pen, layout, theme, history, ratio, nowMs } = scene;
  const { x, y, width, height } = layout.waterfall;
  const rows = Math.min(history.size, Math.floor(height * ratio));
  const newest = history.at(0);
  const oldest = history.at(rows - 1);
  if (newest === undefined || oldest === undefined) return;
  const base = scene.isPaused ? newest.atMs : Math.max(nowMs, newest.atMs);
  const seconds = (base - oldest.atMs) / 1000;
  if (!(seconds > 0)) return;
  const step = roundStep(seconds / Math.max(1, rows / ratio / 48));
  pen.font = `11px ${FONT}`;
  pen.textBaseline = 'middle';
  pen.textAlign = layout.isNarrow ? 'left' : 'right';
  let next = step;
  for (let age = 0; age < rows; age += 1) {
    const ago = (base - history.at(age)!.atMs) / 1000;
    if (ago < next) continue;
    const at = y + age / ratio;
    const text = `\u2212${Number(next.toPrecision(6))} s`;
    next = step * (Math.floor(ago / step + 1e-6) + 1);
    if (at > y + height - 7 || at < y + 7) continue;
    if (layout.isNarrow) {
      const { width: textWidth } = pen.measureText(text);
      pen.fillStyle = theme.panel;
      pen.fillRect(x, at - 8, textWidth + 8, 16);
    }
    pen.fillStyle = theme.text;
    pen.fillText(text, layout.isNarrow ? x + 4 : x - 7, at);
    pen.fillStyle = theme.edge;
    if (!layout.isNarrow) pen.fillRect(x - 4, Math.round(at), 4, 1);
  }
  pen.strokeStyle = theme.edge;
  pen.lineWidth = 1;
  if (!layout.isNarrow) pen.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}
