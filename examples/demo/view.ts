import { type TimeInterval } from 'rxjs';
import { type Frame } from 'rxzmq';
import { fitScale, type Scale } from './scale.js';
import { createAnalyser } from './spectrum.js';
import { addTallies, createTally, emptyTally, toFigures, type Arrival, type Figures, type Tally } from './stats.js';

/** How many spectra the waterfall can show: two a line of a tall terminal. */
const historyLength = 240;
/** How far a peak falls from one picture to the next, in dB. */
const peakFall = 1.5;

/** All that a picture shows. */
export interface View {
  /** Of the last second. */
  readonly figures: Figures;
  /** Since the start. */
  readonly total: Figures;
  /** One of the frames, for what it says about the signal. */
  readonly source?: Frame;
  readonly spectrum?: Float32Array;
  /** The highest level of each bin of late. */
  readonly peaks?: Float32Array;
  readonly scale?: Scale;
  /** Newest first. */
  readonly history: readonly Float32Array[];
  readonly recent: readonly Tally[];
  readonly sum: Tally;
}

export const emptyView: View = {
  figures: toFigures(emptyTally),
  total: toFigures(emptyTally),
  history: [],
  recent: [],
  sum: emptyTally,
};

type NextView = (view: View, since: TimeInterval<readonly Arrival[]>) => View;

/** Makes the accumulator of a `scan`: the next view from the last one and the frames that came since. */
export function createNextView(picturesPerSecond: number): NextView {
  const analyse = createAnalyser();
  const tally = createTally();
  return (view, { value: arrivals, interval }) => {
    const analysis = analyse(arrivals.map(({ frame }) => frame));
    const latest = tally(arrivals, interval, analysis);
    const sum = addTallies(view.sum, latest);
    const recent = sum.frames === 0 ? [] : [...view.recent, latest].slice(-picturesPerSecond);
    const next: View = {
      ...view,
      figures: toFigures(recent.reduce(addTallies, emptyTally)),
      total: toFigures(sum, overallMs(sum)),
      recent,
      sum,
      ...(arrivals.length > 0 && { source: arrivals.at(-1)!.frame }),
    };
    if (!analysis) return next;
    const { spectrum } = analysis;
    // Up at once and down slowly: a short burst stays long enough to be seen.
    const smooth =
      view.spectrum?.map((level, bin) => Math.max(spectrum[bin]!, level + (spectrum[bin]! - level) * 0.3)) ?? spectrum;
    return {
      ...next,
      spectrum: smooth,
      peaks: view.peaks?.map((level, bin) => Math.max(level - peakFall, smooth[bin]!)) ?? smooth,
      scale: fitScale(view.scale, smooth),
      history: [spectrum, ...view.history].slice(0, historyLength),
    };
  };
}

/** From the first to the last frame there is one frame less than came: the first one's samples are older. */
function overallMs(sum: Tally): number {
  return sum.frames > 1 ? ((sum.lastMs - sum.firstMs) * sum.frames) / (sum.frames - 1) : 0;
}
