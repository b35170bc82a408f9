import type { TimeInterval } from 'rxjs';
import type { Frame } from '../../index.js';
import { peakOf, readAt, type Reading, shownBins } from './measure.js';
import { fitScale, type Scale } from './scale.js';
import { defaultSettings, type ScopeSettings } from './settings.js';
import { type Analyse, createAnalyser } from './spectrum.js';
import { addTallies, createTally, emptyTally, toFigures, type Arrival, type Figures, type Tally } from './stats.js';

/** How many spectra the waterfall can show: two a line of a tall terminal. */
const historyLength = 240;
/** How far a peak falls from one picture to the next, in dB. */
const peakFall = 1.5;

/** All that a picture shows. */
export interface View {
  readonly settings: ScopeSettings;
  /** Of the last second. */
  readonly figures: Figures;
  /** Since the start. */
  readonly total: Figures;
  /** One of the frames, for what it says about the signal. */
  readonly source?: Frame;
  /** The average, in dBFS a bin. */
  readonly spectrum?: Float32Array;
  /** How many pictures are in it so far. */
  readonly averaged: number;
  /** The highest level of each bin of late, or since the hold began. */
  readonly peaks?: Float32Array;
  readonly scale?: Scale;
  /** The highest point of the shown band. */
  readonly peak?: Reading | undefined;
  readonly marker?: Reading | undefined;
  /** Newest first. */
  readonly history: readonly Float32Array[];
  readonly recent: readonly Tally[];
  readonly sum: Tally;
}

export const emptyView: View = {
  settings: defaultSettings,
  figures: toFigures(emptyTally),
  total: toFigures(emptyTally),
  averaged: 0,
  history: [],
  recent: [],
  sum: emptyTally,
};

type NextView = (view: View, since: TimeInterval<readonly Arrival[]>, settings?: ScopeSettings) => View;

/** Makes the accumulator of a `scan`: the next view from the last one, the frames that came since, and the settings of now. */
export function createNextView(picturesPerSecond: number): NextView {
  let analyse: Analyse | undefined;
  let made: ScopeSettings | undefined;
  const tally = createTally();
  return (before, { value: arrivals, interval }, settings = defaultSettings) => {
    if (!analyse || made?.bins !== settings.bins || made.window !== settings.window) {
      analyse = createAnalyser(settings.bins, settings.window);
      made = settings;
    }
    const analysis = analyse(arrivals.map(({ frame }) => frame));
    const latest = tally(arrivals, interval, analysis);
    const sum = addTallies(before.sum, latest);
    const recent = sum.frames === 0 ? [] : [...before.recent, latest].slice(-picturesPerSecond);
    const next: View = {
      ...before,
      figures: toFigures(recent.reduce(addTallies, emptyTally)),
      total: toFigures(sum, overallMs(sum)),
      recent,
      sum,
      settings,
      ...(arrivals.length > 0 && { source: arrivals.at(-1)!.frame }),
    };
    const kept = isSameTrace(before.settings, settings) ? next : withoutTraces(next);
    return analysis && !settings.paused ? withSpectrum(kept, analysis.spectrum) : measured(kept);
  };
}

/** Whether what was collected goes on with these settings. */
function isSameTrace(before: ScopeSettings, now: ScopeSettings): boolean {
  return before.bins === now.bins && before.window === now.window && before.clears === now.clears;
}

function withoutTraces({ spectrum: _spectrum, peaks: _peaks, ...view }: View): View {
  return { ...view, averaged: 0, history: [] };
}

function withSpectrum(view: View, spectrum: Float32Array): View {
  const { settings } = view;
  const averaged = Math.min(settings.averages, view.averaged + 1);
  const mean = view.spectrum ? average(view.spectrum, spectrum, averaged) : spectrum;
  const fall = settings.holds ? 0 : peakFall;
  return measured({
    ...view,
    spectrum: mean,
    averaged,
    peaks: view.peaks?.map((level, bin) => Math.max(level - fall, spectrum[bin]!)) ?? spectrum,
    history: [spectrum, ...view.history].slice(0, historyLength),
  });
}

/** Averages power, not decibels, as an analyser does: the newest counts one n-th. */
function average(before: Float32Array, newest: Float32Array, n: number): Float32Array {
  if (n === 1) return newest;
  return before.map((level, bin) => {
    const power = 10 ** (level / 10);
    return 10 * Math.log10(power + (10 ** (newest[bin]! / 10) - power) / n);
  });
}

function measured(view: View): View {
  const { spectrum, settings } = view;
  if (!spectrum) return view;
  const fitted = fitScale(view.scale, spectrum);
  const { reference = fitted.top, range = reference - fitted.bottom, marker } = settings;
  const shown = shownBins(spectrum.length, settings.zoom, settings.centre);
  return {
    ...view,
    scale: { top: reference, bottom: reference - Math.max(10, range) },
    peak: peakOf(spectrum, shown),
    marker: marker === undefined ? undefined : readAt(spectrum, marker),
  };
}

/** From the first to the last frame there is one frame less than came: the first one's samples are older. */
function overallMs(sum: Tally): number {
  return sum.frames > 1 ? ((sum.lastMs - sum.firstMs) * sum.frames) / (sum.frames - 1) : 0;
}
