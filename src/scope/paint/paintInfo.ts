import { levelText, millisecondsText, withPrefix } from '../../spectrum/text.js';
import type { Scene } from './Scene.js';
import { FONT, type Theme } from './theme.js';

/** A piece of the line of figures. */
interface Piece {
  readonly name: string;
  readonly text: string;
  readonly isAlarm?: boolean;
}

/** The figures as pieces, the most important first. */
export function infoPieces({ figures, isNewest, average }: Scene): readonly Piece[] {
  const { kind, sampleRate, samplesPerSecond, framesPerSecond, bytesPerSecond, missing, missingShare } = figures;
  if (kind === undefined) return [];
  const rate = sampleRate > 0 && Number.isFinite(sampleRate) ? sampleRate : samplesPerSecond;
  const isLossless = !isNewest;
  const lost = (kind === 'lines' ? figures.lostBefore : 0) + (isLossless ? missing : 0);
  return [
    { name: '', text: withPrefix(rate, 'S/s') },
    // what is not asked for is not lost
    isLossless || kind === 'lines' || missingShare === 0
      ? { name: 'lost', text: String(lost), isAlarm: lost > 0 }
      : { name: 'shown', text: `${Math.max(1, Math.round(100 * (1 - missingShare)))} %` },
    { name: 'latency', text: millisecondsText(figures.latencyMs) },
    { name: 'rms', text: levelText(figures.rmsDb) },
    { name: 'peak', text: `${levelText(figures.peakDb)} dBFS`, isAlarm: figures.peakDb > -0.1 },
    { name: '', text: `${framesPerSecond.toFixed(0)} ${kind}/s` },
    { name: '', text: withPrefix(bytesPerSecond, 'B/s', 3) },
    { name: '', text: `${figures.picturesPerSecond.toFixed(0)} fps` },
    { name: 'average', text: String(average) },
  ];
}

/** Draws the line of figures, and the badge. */
export function paintInfo(scene: Scene): void {
  const { pen, layout, theme } = scene;
  const { info, isNarrow } = layout;
  if (info.height === 0) return;
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, layout.width, info.height);
  const badgeX = paintBadge(scene);
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  const rows = isNarrow ? [14, 32] : [info.height / 2];
  let [x, row] = [isNarrow ? 6 : 10, 0];
  for (const { name, text, isAlarm } of infoPieces(scene)) {
    pen.font = `12px ${FONT}`;
    const nameWidth = name === '' ? 0 : pen.measureText(`${name} `).width;
    pen.font = `600 12px ${FONT}`;
    const width = nameWidth + pen.measureText(text).width;
    const end = row === 0 ? badgeX - 8 : layout.width - 6;
    if (x + width > end) {
      row += 1;
      x = 6;
      if (row >= rows.length) break;
      if (x + width > layout.width - 6) break;
    }
    const y = rows[row]!;
    pen.font = `12px ${FONT}`;
    pen.fillStyle = theme.text;
    if (name !== '') pen.fillText(name, x, y);
    pen.font = `600 12px ${FONT}`;
    pen.fillStyle = isAlarm === true ? theme.bad : theme.strong;
    pen.fillText(text, x + nameWidth, y);
    x += width + (isNarrow ? 10 : 18);
  }
}

/** Draws the state, and returns where it begins. */
function paintBadge({ pen, layout, theme, state }: Scene): number {
  const { info, isNarrow } = layout;
  pen.font = `600 12px ${FONT}`;
  const width = pen.measureText(state.text).width + 30;
  const x = layout.width - width - (isNarrow ? 4 : 10);
  const y = isNarrow ? 4 : (info.height - 20) / 2;
  const colour = colourOf(state.kind, theme);
  pen.save();
  pen.fillStyle = colour;
  pen.globalAlpha = 0.16;
  pen.fillRect(x, y, width, 20);
  pen.restore();
  pen.fillStyle = colour;
  pen.beginPath();
  circle(pen, x + 11, y + 10, 3.5);
  pen.fill();
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.fillText(state.text, x + 20, y + 10.5);
  return x;
}

/** A circle of eight corners is round enough at this size. */
function circle(pen: Scene['pen'], x: number, y: number, radius: number): void {
  for (let i = 0; i < 12; i += 1) {
    const angle = (Math.PI * i) / 6;
    pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
}

function colourOf(kind: Scene['state']['kind'], theme: Theme): string {
  return kind === 'good' ? theme.good : kind === 'bad' ? theme.bad : kind === 'warning' ? theme.warning : theme.text;
}

/** Draws why there is nothing to see, in the middle of the spectrum. */
export function paintReason({ pen, layout, theme, state, band }: Scene): void {
  const { plot } = layout;
  const reason = state.reason ?? (band === undefined ? state.text : undefined);
  if (reason === undefined || plot.height < 40) return;
  pen.font = `13px ${FONT}`;
  const lines = wrap(reason, (text) => pen.measureText(text).width, plot.width - 48).slice(0, 4);
  const width = Math.max(...lines.map((line) => pen.measureText(line).width)) + 24;
  const height = 18 * lines.length + 12;
  const [x, y] = [plot.x + (plot.width - width) / 2, plot.y + (plot.height - height) / 2];
  pen.fillStyle = theme.panel;
  pen.fillRect(x, y, width, height);
  pen.fillStyle = colourOf(state.kind, theme);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  lines.forEach((line, i) => pen.fillText(line, plot.x + plot.width / 2, y + 15 + 18 * i));
}

/** Breaks a text into lines that are not wider than `most`. */
export function wrap(text: string, widthOf: (text: string) => number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
