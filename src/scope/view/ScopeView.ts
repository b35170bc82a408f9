import type { Frame } from '../../frame/types.js';
import type { SpectrumLine } from '../../spectrum/SpectrumLine.js';
import { Attention } from '../core/Attention.js';
import { Figures } from '../core/Figures.js';
import { History } from '../core/History.js';
import type { ScopeCommand } from '../core/keys.js';
import type { CoreSettings } from '../core/settings.js';
import { Spectra } from '../core/Spectra.js';
import type { ScopeState } from '../core/state.js';
import { InfoLine } from '../paint/InfoLine.js';
import { type Layout, layoutOf } from '../paint/layout.js';
import { paintScene } from '../paint/paintScene.js';
import type { Pen, Surface } from '../paint/Pen.js';
import type { Scene } from '../paint/Scene.js';
import { dark, light } from '../paint/theme.js';
import { Waterfall } from '../paint/Waterfall.js';
import { Controls } from './Controls.js';
import type { Gesture } from './Gesture.js';
import type { ScopeReadings } from './ScopeReadings.js';

/** Where nothing can be drawn: the figures go on. */
const NO_PICTURE: ScopeState = {
  kind: 'bad',
  text: 'no picture',
  reason: 'the canvas has no 2D context: it has one of another kind, or this page cannot draw',
};

/** A scope on a canvas: takes frames or lines, commands and gestures, and draws when it is told to. It knows no page and no timer. */
export class ScopeView {
  readonly #surface: Surface;
  /** `null`: the canvas has a context of another kind, or the page cannot draw, as in jsdom. */
  readonly #pen: Pen | null;
  readonly #settings: CoreSettings;
  readonly #spectra: Spectra;
  readonly #controls: Controls;
  readonly #history = new History();
  readonly #waterfall = new Waterfall();
  readonly #infoLine = new InfoLine();
  readonly #figures = new Figures();
  readonly #attention = new Attention();
  #ratio = 1;
  #isDirty = true;
  #drawnMs: number | undefined;
  #rowMs = -Infinity;
  #pictures = 0;
  #state: ScopeState = this.#attention.link;

  /** @param surface without a context yet, or with one of kind '2d' */
  constructor(surface: Surface, settings: CoreSettings) {
    this.#surface = surface;
    this.#pen = (surface.getContext('2d', { alpha: false }) as Pen | undefined) ?? null;
    this.#settings = settings;
    this.#spectra = new Spectra(settings);
    this.#controls = new Controls(settings, this.#spectra);
  }

  /** Whether there is something new to draw. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** @param latencyMs from the time stamp of the value to its arrival */
  take(value: Frame | SpectrumLine, latencyMs: number, nowMs: number): void {
    this.#figures.take(value, latencyMs);
    this.#attention.take(value, nowMs);
    this.#isDirty = true;
    if (!this.#controls.isPaused) this.#spectra.take(value);
  }

  /** @param ratio pixels of the canvas for each CSS pixel */
  resize(width: number, height: number, ratio: number): void {
    const layout = layoutOf(width, height);
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (layout !== undefined && (this.#surface.width !== pixelWidth || this.#surface.height !== pixelHeight)) {
      this.#surface.width = pixelWidth;
      this.#surface.height = pixelHeight;
    }
    this.#controls.layout = layout;
    this.#ratio = ratio;
    this.#isDirty = true;
  }

  link(state: ScopeState): void {
    this.#attention.link = state;
    this.#isDirty = true;
  }

  /** A value could not be shown. */
  refuse(reason: string, nowMs: number): void {
    this.#attention.fault('bad input', reason, nowMs);
    this.#isDirty = true;
  }

  /** What the system prefers, for theme 'auto'. */
  preferDark(isDark: boolean): void {
    this.#controls.systemIsDark = isDark;
    this.#isDirty = true;
  }

  /** Ends the second of the figures, and looks whether the state is another: some have no event. */
  tick(nowMs: number): void {
    if (this.#figures.tick(nowMs)) this.#isDirty = true;
    const state = this.#pen === null ? NO_PICTURE : this.#attention.stateAt(nowMs, this.#controls.isPaused);
    if (state.text !== this.#state.text || state.reason !== this.#state.reason) this.#isDirty = true;
    this.#state = state;
  }

  command(command: ScopeCommand): void {
    this.#isDirty = true;
    this.#controls.command(command);
  }

  gesture(gesture: Gesture): void {
    this.#isDirty = true;
    this.#controls.gesture(gesture);
  }

  /** Draws, if there is a place to draw on. */
  draw(nowMs: number): void {
    const seconds = this.#drawnMs === undefined ? 0 : (nowMs - this.#drawnMs) / 1000;
    this.#drawnMs = nowMs;
    this.#isDirty = false;
    const spectra = this.#spectra;
    if (spectra.close(seconds)) {
      const levels = spectra.readLevels();
      this.#figures.level(levels);
      if (levels.faults > 0) this.#fault(nowMs);
      this.#addRow(nowMs);
      this.#controls.levels.fit(spectra.shown, nowMs);
    } else if (spectra.readLevels().faults > 0) this.#fault(nowMs);
    this.tick(nowMs);
    this.#isDirty = false;
    const layout = this.#controls.layout;
    if (layout === undefined) return;
    this.#figures.drawn();
    this.#pictures += 1;
    this.#controls.read();
    if (this.#pen !== null) paintScene(this.#scene(this.#pen, layout, nowMs), this.#waterfall, this.#infoLine);
  }

  readings(): ScopeReadings {
    const band = this.#spectra.band;
    const [low, high] = band === undefined ? [0, 0] : this.#controls.edges(band);
    return {
      state: this.#state,
      figures: this.#figures.latest,
      marker: this.#controls.marker,
      reference: this.#controls.reference,
      peaks: this.#controls.peaks,
      low,
      high,
      range: this.#controls.levels.range,
      isAuto: this.#controls.levels.isAuto,
      isPaused: this.#controls.isPaused,
      average: this.#spectra.average,
      peakHold: this.#controls.peakHold,
      minimumHold: this.#controls.minimumHold,
      peakList: this.#controls.peakList,
      palette: this.#controls.palette,
      theme: this.#controls.isDark ? 'dark' : 'light',
      rows: this.#history.size,
      historyBytes: this.#history.bytes,
      pictures: this.#pictures,
    };
  }

  #fault(nowMs: number): void {
    this.#attention.fault('NaN', 'some samples are NaN or infinite: they are left out', nowMs);
  }

  #addRow(nowMs: number): void {
    // a picture that is a little early still has its row
    if (nowMs - this.#rowMs < 1000 / this.#settings.rowsPerSecond - 4) return;
    this.#rowMs = nowMs;
    this.#history.push(this.#spectra.picture, this.#spectra.band!, nowMs);
  }

  #scene(pen: Pen, layout: Layout, nowMs: number): Scene {
    const spectra = this.#spectra;
    const { band } = spectra;
    const [low, high] = band === undefined ? [0, 1] : this.#controls.edges(band);
    return {
      pen,
      ratio: this.#ratio,
      layout,
      theme: this.#controls.isDark ? dark : light,
      palette: this.#controls.palette,
      range: this.#controls.levels.range,
      nowMs,
      band,
      low,
      high,
      shown: spectra.shown,
      peak: this.#controls.peakHold ? spectra.peak : undefined,
      minimum: this.#controls.minimumHold ? spectra.minimum : undefined,
      history: this.#history,
      marker: this.#controls.marker,
      reference: this.#controls.reference,
      peaks: this.#controls.peaks,
      hover: this.#controls.hover(layout, low, high),
      figures: this.#figures.latest,
      isNewest: this.#settings.coverage === 'newest',
      average: spectra.average,
      isPaused: this.#controls.isPaused,
      state: this.#state,
      hasHelp: this.#controls.hasHelp,
    };
  }
}
