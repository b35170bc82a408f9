import { columnsOf, type Columns } from '../../spectrum/columns.js';
import { palettePixels, type PaletteName } from '../../spectrum/palettes.js';
import { type Band, isSameBand } from '../core/Band.js';
import type { HistoryRow } from '../core/History.js';
import type { Pixels } from './Pen.js';
import type { Scene } from './Scene.js';

/** How much of the range, from its bottom, is as dark as can be. */
const DARK_SHARE = 0.1;

/**
 * The picture of the past, in memory: new rows move it down, and it is put onto the canvas at once. What changes how the past looks,
 * such as the range of levels, draws all of it anew from the levels.
 */
export class Waterfall {
  #pixels: Pixels | undefined;
  #words: Uint32Array = new Uint32Array();
  /** What the picture was drawn for. */
  #key = '';
  #added = 0;
  #palette: { readonly name: PaletteName; readonly colours: Uint32Array } | undefined;
  /** The colours of the 256 levels of a row, and what they were made for. */
  #colours = new Uint32Array(256);
  #coloursKey = '';
  #columns: { readonly band: Band; readonly low: number; readonly high: number; readonly columns: Columns } | undefined;

  draw(scene: Scene): void {
    const { pen, ratio, layout, history, range, low, high, palette, theme } = scene;
    const { x, y } = layout.waterfall;
    const [left, top] = [Math.round(x * ratio), Math.round(y * ratio)];
    const width = Math.max(1, Math.round((x + layout.waterfall.width) * ratio) - left);
    const height = Math.max(1, Math.round((y + layout.waterfall.height) * ratio) - top);
    if (this.#pixels?.width !== width || this.#pixels.height !== height) {
      this.#pixels = pen.createImageData(width, height);
      this.#words = new Uint32Array(this.#pixels.data.buffer);
      this.#key = '';
      this.#columns = undefined;
    }
    if (this.#palette?.name !== palette) this.#palette = { name: palette, colours: palettePixels(palette) };
    const key = `${palette} ${range.bottom} ${range.top} ${low} ${high} ${theme.plot}`;
    const fresh = history.added - this.#added;
    if (key !== this.#key || fresh >= height) this.#drawRows(scene, height, width);
    else if (fresh > 0) {
      this.#words.copyWithin(fresh * width, 0, (height - fresh) * width);
      this.#drawRows(scene, fresh, width);
    }
    this.#key = key;
    this.#added = history.added;
    pen.putImageData(this.#pixels, left, top);
  }

  /** Draws the newest rows, at the top. */
  #drawRows(scene: Scene, count: number, width: number): void {
    const empty = this.#palette!.colours[0]!;
    for (let age = 0; age < count; age += 1) {
      const row = scene.history.at(age);
      if (row === undefined) this.#words.fill(empty, age * width, count * width);
      if (row === undefined) return;
      this.#drawRow(row, scene, age * width, width);
    }
  }

  #drawRow(row: HistoryRow, { low, high, range }: Scene, at: number, width: number): void {
    const { from, to } = this.#columnsFor(row.band, low, high, width);
    // noise is dark: the spectrum needs some room below it, the waterfall does not
    const colours = this.#coloursFor(row, range.bottom + DARK_SHARE * (range.top - range.bottom), range.top);
    const { levels } = row;
    const words = this.#words;
    for (let x = 0; x < width; x += 1) {
      let most = 0;
      for (let bin = from[x]!; bin < to[x]!; bin += 1) if (levels[bin]! > most) most = levels[bin]!;
      words[at + x] = colours[most]!;
    }
  }

  #columnsFor(band: Band, low: number, high: number, width: number): Columns {
    const kept = this.#columns;
    if (kept?.low === low && kept.high === high && (kept.band === band || isSameBand(kept.band, band)))
      return kept.columns;
    const place = (frequency: number): number => ((frequency - band.low) / (band.high - band.low)) * band.bins;
    const columns = columnsOf(width, band.bins, place(low), place(high));
    this.#columns = { band, low, high, columns };
    return columns;
  }

  #coloursFor({ top, step }: HistoryRow, bottom: number, most: number): Uint32Array {
    const key = `${this.#palette!.name} ${top} ${step} ${bottom} ${most}`;
    if (key === this.#coloursKey) return this.#colours;
    this.#coloursKey = key;
    for (let level = 0; level < 256; level += 1) {
      const dB = top - (255 - level) * step;
      const place = Math.round(((dB - bottom) / (most - bottom)) * 255);
      this.#colours[level] = this.#palette!.colours[level === 0 ? 0 : Math.max(0, Math.min(255, place))]!;
    }
    return this.#colours;
  }
}
