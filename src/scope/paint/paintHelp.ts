import { HELP } from '../core/keys.js';
import type { Scene } from './Scene.js';
import { FONT } from './theme.js';

const ROW = 20;

/** Draws the keys, over everything. */
export function paintHelp({ pen, layout, theme }: Scene): void {
  const room = layout.height - 24;
  const columns = ROW * HELP.length + 24 > room ? 2 : 1;
  const rows = Math.ceil(HELP.length / columns);
  const columnWidth = Math.min(230, (layout.width - 24) / columns);
  const [width, height] = [columnWidth * columns + 16, Math.min(room, ROW * rows + 20)];
  const [x, y] = [(layout.width - width) / 2, (layout.height - height) / 2];
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.fillStyle = theme.background;
  pen.globalAlpha = 0.94;
  pen.fillRect(x, y, width, height);
  pen.globalAlpha = 1;
  pen.strokeStyle = theme.edge;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  HELP.forEach(([keys, text], i) => {
    const left = x + 14 + columnWidth * Math.floor(i / rows);
    const at = y + 10 + ROW * (i % rows) + ROW / 2;
    pen.font = `600 12px ${FONT}`;
    pen.fillStyle = theme.strong;
    pen.fillText(keys, left, at);
    pen.font = `12px ${FONT}`;
    pen.fillStyle = theme.text;
    pen.fillText(text, left + (columns === 2 ? 48 : 60), at);
  });
  pen.restore();
}
