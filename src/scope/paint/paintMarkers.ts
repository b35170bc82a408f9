import { frequencyText, levelText } from '../../spectrum/text.js';
import type { ScopeReading } from '../core/readings.js';
import { resolutionOf, type Scene, xOf, yOf } from './Scene.js';
import { FONT } from './theme.js';

/** Draws markers, the list of peaks, and what the pointer is over. */
export function paintMarkers(scene: Scene): void {
  const { marker, reference, peaks, theme, hover } = scene;
  if (scene.band === undefined) return;
  if (hover) paintHover(scene, hover.x, hover.reading);
  peaks.forEach((peak, i) => paintFlag(scene, peak, theme.peak, String(i + 1)));
  if (reference) paintMarker(scene, reference, theme.reference);
  if (marker) paintMarker(scene, marker, theme.marker);
  paintReadout(scene);
  if (peaks.length > 0) paintList(scene);
}

/** A reading as text: frequency and level. */
export function readingText(
  scene: Scene,
  { frequency, level }: ScopeReading,
  isDelta = false,
): readonly [string, string] {
  const { band } = scene;
  const isOffset = isDelta || band?.isOffset === true;
  const where = band?.hasRate
    ? frequencyText(frequency, resolutionOf(scene), isOffset)
    : `${frequency > 0 ? '+' : ''}${frequency.toFixed(1)} bins`.replace('-', '\u2212');
  const sign = isDelta && level > 0 ? '+' : '';
  return [where, `${sign}${levelText(level)} ${isDelta ? 'dB' : 'dBFS'}`];
}

function paintMarker(scene: Scene, { frequency, level }: ScopeReading, colour: string): void {
  const { pen, layout } = scene;
  const x = xOf(scene, frequency);
  const { plot, waterfall } = layout;
  if (x < plot.x || x > plot.x + plot.width) return;
  pen.save();
  pen.strokeStyle = colour;
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1;
  pen.setLineDash([3, 3]);
  line(scene, x, plot.y, plot.y + plot.height);
  pen.globalAlpha = 0.35;
  line(scene, x, waterfall.y, waterfall.y + waterfall.height);
  pen.restore();
  flag(scene, x, clampY(scene, level), colour);
}

function paintFlag(scene: Scene, { frequency, level }: ScopeReading, colour: string, label: string): void {
  const { pen, layout } = scene;
  const x = xOf(scene, frequency);
  if (x < layout.plot.x || x > layout.plot.x + layout.plot.width) return;
  const y = clampY(scene, level);
  flag(scene, x, y, colour);
  pen.font = `10px ${FONT}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = colour;
  pen.fillText(label, x, y - 11);
}

function clampY(scene: Scene, level: number): number {
  const { y, height } = scene.layout.plot;
  return Math.max(y + 16, Math.min(y + height, yOf(scene, level)));
}

/** A triangle that points down to a place. */
function flag({ pen }: Scene, x: number, y: number, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(x, y - 1);
  pen.lineTo(x - 4.5, y - 9);
  pen.lineTo(x + 4.5, y - 9);
  pen.closePath();
  pen.fill();
}

function line({ pen }: Scene, x: number, from: number, to: number): void {
  pen.beginPath();
  pen.moveTo(Math.round(x) + 0.5, from);
  pen.lineTo(Math.round(x) + 0.5, to);
  pen.stroke();
}

function paintHover(scene: Scene, x: number, reading: ScopeReading | undefined): void {
  const { pen, layout, theme } = scene;
  const { plot, waterfall } = layout;
  if (x < plot.x || x > plot.x + plot.width) return;
  pen.strokeStyle = theme.edge;
  pen.lineWidth = 1;
  line(scene, x, plot.y, plot.y + plot.height);
  line(scene, x, waterfall.y, waterfall.y + waterfall.height);
  if (reading === undefined) return;
  const text = readingText(scene, reading).join('   ');
  pen.font = `11px ${FONT}`;
  const width = pen.measureText(text).width + 12;
  const left = Math.min(Math.max(plot.x, x + 8), plot.x + plot.width - width);
  pen.fillStyle = theme.panel;
  pen.fillRect(left, plot.y + plot.height - 20, width, 18);
  pen.fillStyle = theme.strong;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(text, left + 6, plot.y + plot.height - 10.5);
}

/** The readings of the markers, at the upper left. */
function paintReadout(scene: Scene): void {
  const { marker, reference, theme } = scene;
  const rows: (readonly [colour: string, symbol: string, text: readonly [string, string]])[] = [];
  if (marker) rows.push([theme.marker, '\u25bc', readingText(scene, marker)]);
  if (reference) rows.push([theme.reference, '\u25bc', readingText(scene, reference)]);
  if (marker && reference) {
    const difference = { frequency: marker.frequency - reference.frequency, level: marker.level - reference.level };
    rows.push([theme.text, '\u0394', readingText(scene, difference, true)]);
  }
  paintTable(scene, rows, 'left');
}

function paintList(scene: Scene): void {
  const { peaks, theme } = scene;
  const rows = peaks.map((peak, i) => [theme.peak, String(i + 1), readingText(scene, peak)] as const);
  paintTable(scene, rows, 'right');
}

function paintTable(
  scene: Scene,
  rows: readonly (readonly [colour: string, symbol: string, text: readonly [string, string]])[],
  side: 'left' | 'right',
): void {
  const { pen, layout, theme } = scene;
  const { plot, isNarrow } = layout;
  const shown = rows.slice(0, Math.max(0, Math.floor((plot.height - 30) / 17)));
  if (shown.length === 0) return;
  pen.font = `${isNarrow ? 11 : 12}px ${FONT}`;
  const widths = [0, 1].map((column) =>
    Math.max(...shown.map(([, , text]) => pen.measureText(text[column as 0 | 1]).width)),
  ) as [number, number];
  const width = widths[0] + widths[1] + 44;
  const height = 17 * shown.length + 8;
  const left = side === 'left' ? plot.x + (isNarrow ? 26 : 8) : plot.x + plot.width - width - 8;
  const hasBoth = isNarrow && side === 'right' && (scene.marker ?? scene.reference);
  const top = plot.y + 8 + (hasBoth ? 17 * (scene.reference ? 3 : 1) + 14 : 0);
  pen.fillStyle = theme.panel;
  pen.fillRect(left, top, width, height);
  pen.textBaseline = 'middle';
  shown.forEach(([colour, symbol, [where, level]], i) => {
    const y = top + 4 + 17 * i + 9;
    pen.textAlign = 'center';
    pen.fillStyle = colour;
    pen.fillText(symbol, left + 12, y);
    pen.fillStyle = theme.strong;
    pen.textAlign = 'right';
    pen.fillText(where, left + 22 + widths[0], y);
    pen.fillText(level, left + width - 8, y);
  });
}
