import { findPeaks } from '../../spectrum/findPeaks.js';
import { PALETTE_NAMES, type PaletteName } from '../../spectrum/palettes.js';
import { type Band, binOf } from '../core/Band.js';
import type { ScopeCommand } from '../core/keys.js';
import { readAt, readingOf, type ScopeReading } from '../core/readings.js';
import type { CoreSettings, ThemeName } from '../core/settings.js';
import { Span } from '../core/Span.js';
import type { Spectra } from '../core/Spectra.js';
import { isIn, type Layout } from '../paint/layout.js';
import type { Scene } from '../paint/Scene.js';
import type { Gesture } from './Gesture.js';
import { Levels } from './Levels.js';
import { Markers } from './Markers.js';

const AVERAGES = [1, 2, 4, 8, 16, 32, 64, 100];
const LISTED_PEAKS = 5;
const LISTED_IN_NARROW = 3;
/** How far apart peaks are that are told apart, in CSS pixels. */
const PEAKS_APART = 14;
const SHIFT_DB = 5;
/** How wide the edge is in which a drag changes one end of the range, where labels stand in the picture, in CSS pixels. */
const EDGE = 32;

/** What a viewer has set by keys and pointer: what is shown, and how. */
export class Controls {
  readonly levels: Levels;
  layout: Layout | undefined;
  systemIsDark = true;
  palette: PaletteName;
  peakHold: boolean;
  minimumHold: boolean;
  peakList: boolean;
  isPaused = false;
  hasHelp = false;
  /** What the markers and the list of peaks read. */
  marker: ScopeReading | undefined;
  reference: ScopeReading | undefined;
  peaks: readonly ScopeReading[] = [];
  readonly #spectra: Spectra;
  readonly #span = new Span();
  readonly #markers = new Markers();
  #theme: ThemeName;
  #pointer: { readonly x: number; readonly y: number } | undefined;

  constructor(settings: CoreSettings, spectra: Spectra) {
    this.#spectra = spectra;
    this.levels = new Levels(settings.range);
    this.#theme = settings.theme;
    this.palette = settings.palette;
    this.peakHold = settings.peakHold;
    this.minimumHold = settings.minimumHold;
    this.peakList = settings.peakList;
  }

  get isDark(): boolean {
    return this.#theme === 'auto' ? this.systemIsDark : this.#theme === 'dark';
  }

  gesture(gesture: Gesture): void {
    const layout = this.layout;
    const band = this.#spectra.band;
    if (layout === undefined) return;
    const { plot } = layout;
    const place = (x: number): number => Math.max(0, Math.min(1, (x - plot.x) / plot.width));
    switch (gesture.kind) {
      case 'tap': {
        if (this.hasHelp) {
          this.hasHelp = false;
          return;
        }
        if (band === undefined || !(isIn(plot, gesture.x, gesture.y) || isIn(layout.waterfall, gesture.x, gesture.y)))
          return;
        const [low, high] = this.edges(band);
        const frequency = low + place(gesture.x) * (high - low);
        if (gesture.adds) this.#markers.putReference(frequency);
        else this.#markers.put(frequency);
        return;
      }
      case 'doubleTap':
        this.#span.all();
        return this.levels.auto();
      case 'drag': {
        const { x, y, dx, dy } = gesture;
        this.#pointer = undefined;
        const perPixel = (this.levels.range.top - this.levels.range.bottom) / plot.height;
        const isInPlot = y >= plot.y && y < plot.y + plot.height;
        if (isInPlot && x < plot.x + (layout.isNarrow ? EDGE : 0)) {
          const { bottom, top } = this.levels.range;
          if (y < plot.y + plot.height / 2) this.levels.set(bottom, top + dy * perPixel);
          else this.levels.set(bottom + dy * perPixel, top);
          return;
        }
        if (dx !== 0) this.#span.pan(-dx / plot.width);
        if (dy !== 0 && isInPlot) this.levels.shift(dy * perPixel);
        return;
      }
      case 'zoom': {
        const isOfLevels = gesture.levels || gesture.x < plot.x;
        if (isOfLevels) this.levels.zoom(gesture.factor, Math.max(0, Math.min(1, (gesture.y - plot.y) / plot.height)));
        else this.#span.zoom(gesture.factor, place(gesture.x), band?.bins ?? 1);
        return;
      }
      case 'hover':
        this.#pointer = { x: gesture.x, y: gesture.y };
        return;
      case 'leave':
        this.#pointer = undefined;
    }
  }

  command(command: ScopeCommand): void {
    const { range } = this.levels;
    switch (command) {
      case 'pause':
        this.isPaused = !this.isPaused;
        return this.#spectra.reset();
      case 'peakHold':
        this.peakHold = !this.peakHold;
        return this.#spectra.resetHolds();
      case 'minimumHold':
        this.minimumHold = !this.minimumHold;
        return this.#spectra.resetHolds();
      case 'resetHolds':
        return this.#spectra.resetHolds();
      case 'average': {
        const { average } = this.#spectra;
        this.#spectra.average = AVERAGES.find((more) => more > average) ?? AVERAGES[0]!;
        return;
      }
      case 'auto':
        return this.levels.auto(!this.levels.isAuto);
      case 'levelUp':
        return this.levels.shift(SHIFT_DB);
      case 'levelDown':
        return this.levels.shift(-SHIFT_DB);
      case 'rangeWider':
        return this.levels.set(range.bottom - SHIFT_DB, range.top + SHIFT_DB);
      case 'rangeNarrower':
        return this.levels.set(range.bottom + SHIFT_DB, range.top - SHIFT_DB);
      case 'markerLeft':
        return this.#moveMarker(-1);
      case 'markerRight':
        return this.#moveMarker(1);
      case 'markerFarLeft':
        return this.#moveMarker(-10);
      case 'markerFarRight':
        return this.#moveMarker(10);
      case 'strongest':
        return this.#toNextPeak();
      case 'delta':
        if (!this.#markers.hasMarker) this.#toNextPeak();
        this.read();
        return this.#markers.toggleReference(this.marker);
      case 'peakList':
        this.peakList = !this.peakList;
        return;
      case 'palette': {
        const at = PALETTE_NAMES.indexOf(this.palette);
        this.palette = PALETTE_NAMES[(at + 1) % PALETTE_NAMES.length]!;
        return;
      }
      case 'theme':
        this.#theme = this.isDark ? 'light' : 'dark';
        return;
      case 'zoomIn':
        return this.#span.zoom(2, this.#markerPlace(), this.#spectra.band?.bins ?? 1);
      case 'zoomOut':
        return this.#span.zoom(0.5, this.#markerPlace(), this.#spectra.band?.bins ?? 1);
      case 'fullSpan':
        return this.#span.all();
      case 'help':
        this.hasHelp = !this.hasHelp;
        return;
      case 'escape':
        if (this.hasHelp) this.hasHelp = false;
        else this.#markers.clear();
        return;
      case 'fullScreen': // a matter of the page
    }
  }

  /** The frequencies at the edges of the picture. */
  edges(band: Band): [low: number, high: number] {
    const width = band.high - band.low;
    return [band.low + this.#span.low * width, band.low + this.#span.high * width];
  }

  #perPixel(band: Band): number {
    const [low, high] = this.edges(band);
    return (high - low) / Math.max(1, this.layout?.plot.width ?? 1);
  }

  /** Reads markers and peaks. */
  read(): void {
    const { band, shown } = this.#spectra;
    if (band === undefined) return;
    [this.marker, this.reference] = this.#markers.read(shown, band, this.#perPixel(band));
    this.peaks = this.peakList
      ? this.#findPeaks(band, this.layout?.isNarrow === true ? LISTED_IN_NARROW : LISTED_PEAKS)
      : [];
  }

  #findPeaks(band: Band, most: number): readonly ScopeReading[] {
    const [low, high] = this.edges(band);
    const from = Math.max(0, Math.ceil(binOf(band, low)));
    const to = Math.min(band.bins - 1, Math.floor(binOf(band, high)));
    const apart = (PEAKS_APART * this.#perPixel(band) * band.bins) / (band.high - band.low);
    return findPeaks(this.#spectra.shown, band, most, from, to, apart).map((tone) => readingOf(tone, band));
  }

  #moveMarker(steps: number): void {
    const { band } = this.#spectra;
    if (band === undefined) return;
    this.#markers.move(steps, this.marker, band, this.#perPixel(band));
    this.read();
    if (this.marker) this.#span.reveal(band, this.marker.frequency);
  }

  /** Puts the marker onto the strongest tone, or from one to the next weaker. */
  #toNextPeak(): void {
    const { band } = this.#spectra;
    if (band === undefined) return;
    const peaks = this.#findPeaks(band, 50);
    const near = 2 * Math.max(this.#perPixel(band), (band.high - band.low) / band.bins);
    const at = peaks.findIndex(({ frequency }) => Math.abs(frequency - (this.marker?.frequency ?? NaN)) < near);
    const next = peaks[(at + 1) % Math.max(1, peaks.length)];
    if (next) this.#markers.put(next.frequency, 1);
    this.read();
  }

  #markerPlace(): number {
    const { band } = this.#spectra;
    if (band === undefined || this.marker === undefined) return 0.5;
    const [low, high] = this.edges(band);
    const place = (this.marker.frequency - low) / (high - low);
    return place >= 0 && place <= 1 ? place : 0.5;
  }

  /** What the pointer is over. */
  hover(layout: Layout, low: number, high: number): Scene['hover'] {
    const pointer = this.#pointer;
    const { band, shown } = this.#spectra;
    if (pointer === undefined || band === undefined) return undefined;
    if (!isIn(layout.plot, pointer.x, pointer.y) && !isIn(layout.waterfall, pointer.x, pointer.y)) return undefined;
    const perPixel = (high - low) / layout.plot.width;
    const frequency = low + (pointer.x - layout.plot.x) * perPixel;
    const perBin = (band.high - band.low) / band.bins;
    return { x: pointer.x, reading: readAt(shown, band, frequency, Math.max(0.5, perPixel / perBin)) };
  }
}
