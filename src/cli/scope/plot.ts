import { steps, type Palette } from './colour.js';
import type { Scale } from './scale.js';
import type { Glyphs } from './text.js';

/** Brings a spectrum to `width` columns: the highest bin of each, so that no tone hides between two. */
export function toColumns(spectrum: Float32Array, width: number): Float32Array {
  const columns = new Float32Array(width);
  for (let column = 0; column < width; column++) {
    const from = Math.floor((column * spectrum.length) / width);
    const to = Math.max(from + 1, Math.floor(((column + 1) * spectrum.length) / width));
    let highest = -Infinity;
    for (let bin = from; bin < to; bin++) highest = Math.max(highest, spectrum[bin]!);
    columns[column] = highest;
  }
  return columns;
}

/** Where a level stands on the scale, from 0 to 1. */
export function position(level: number, { bottom, top }: Scale): number {
  return Math.max(0, Math.min(1, (level - bottom) / (top - bottom)));
}

/** Draws a spectrum as bars, `height` lines of `levels.length` columns; `gridlines` are lines from the top. */
export function drawBars(
  levels: Float32Array,
  peaks: Float32Array,
  scale: Scale,
  height: number,
  gridlines: ReadonlySet<number>,
  palette: Palette,
  glyphs: Glyphs,
): string[] {
  const full = glyphs.bars.length - 1;
  return Array.from({ length: height }, (_, line) => {
    const below = height - 1 - line;
    const colour = palette.foreground[Math.round(((below + 0.5) / height) * (steps - 1))]!;
    const pen = createPen(palette);
    for (let column = 0; column < levels.length; column++) {
      const filled = Math.round((position(levels[column]!, scale) * height - below) * full);
      const peak = Math.min(height - 1, Math.floor(position(peaks[column]!, scale) * height));
      if (filled > 0) pen.put(colour, glyphs.bars[Math.min(filled, full)]!);
      else if (peak === below && position(peaks[column]!, scale) > 0) pen.put(palette.dim, glyphs.peak);
      else if (gridlines.has(line)) pen.put(palette.dim, glyphs.gridline);
      else pen.put('', ' ');
    }
    return pen.text();
  });
}

/** Draws spectra as a waterfall, the first one on top: with colour two a line (the upper half block), otherwise one. */
export function drawWaterfall(
  rows: readonly Float32Array[],
  scale: Scale,
  width: number,
  height: number,
  palette: Palette,
  glyphs: Glyphs,
): string[] {
  const steps1 = steps - 1;
  const row = (index: number): Float32Array | undefined => rows[index] && toColumns(rows[index], width);
  return Array.from({ length: height }, (_, line) => {
    const pen = createPen(palette);
    const perLine = rowsPerLine(glyphs);
    const upper = row(line * perLine);
    const lower = perLine === 2 ? row(line * 2 + 1) : undefined;
    for (let column = 0; column < width; column++) {
      if (!upper) pen.put('', ' ');
      else if (perLine === 2) {
        const above = palette.foreground[Math.round(position(upper[column]!, scale) * steps1)]!;
        const beneath = lower ? palette.background[Math.round(position(lower[column]!, scale) * steps1)]! : '';
        pen.put(above + beneath, '▀');
      } else {
        const level = position(upper[column]!, scale);
        const shade = glyphs.shades[Math.round(level * (glyphs.shades.length - 1))]!;
        pen.put(palette.foreground[Math.round(level * steps1)]!, shade);
      }
    }
    return pen.text();
  });
}

/** How many spectra one line of the waterfall shows. */
export function rowsPerLine(glyphs: Glyphs): number {
  return glyphs.bars.length > 4 ? 2 : 1;
}

/** Joins characters into a line and changes colour only where it changes: most of a picture would be escapes otherwise. */
function createPen(palette: Palette): { put: (colour: string, character: string) => void; text: () => string } {
  let text = '';
  let current = '';
  return {
    put(colour, character) {
      if (colour !== current) text += current === '' ? colour : palette.reset + colour;
      current = colour;
      text += character;
    },
    text: () => (current === '' ? text : text + palette.reset),
  };
}
