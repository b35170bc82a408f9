import type { Frame } from '../../index.js';
import type { Analysis } from './spectrum.js';

/** A frame and when it came. */
export interface Arrival {
  readonly frame: Frame;
  readonly timestampNs: bigint;
}

/** What came between two pictures. */
export interface Tally {
  readonly frames: number;
  readonly samples: number;
  readonly bytes: number;
  readonly lost: number;
  readonly latencySumMs: number;
  readonly latencyMaxMs: number;
  /** When the first and the last of them came, in ms; 0: none came. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly meanSquare: number;
  readonly peakSquare: number;
  /** How long it was collected, in ms. */
  readonly overMs: number;
}

export const emptyTally: Tally = {
  frames: 0,
  samples: 0,
  bytes: 0,
  lost: 0,
  latencySumMs: 0,
  latencyMaxMs: -Infinity,
  firstMs: 0,
  lastMs: 0,
  meanSquare: 0,
  peakSquare: 0,
  overMs: 0,
};

/** What the header and the summary show. */
export interface Figures {
  readonly frames: number;
  readonly lost: number;
  readonly samplesPerSecond: number;
  readonly framesPerSecond: number;
  readonly bytesPerSecond: number;
  readonly latencyMs: number;
  readonly latencyMaxMs: number;
  readonly rmsDb: number;
  readonly peakDb: number;
}

/** Makes a function that tallies frames; it remembers the sequence number that each sender must say next. */
export function createTally(): (arrivals: readonly Arrival[], overMs: number, analysis?: Analysis) => Tally {
  const expected = new Map<number | undefined, number>();
  return (arrivals, overMs, analysis) => {
    let samples = 0;
    let bytes = 0;
    let lost = 0;
    let latencySumMs = 0;
    let latencyMaxMs = -Infinity;
    for (const { frame, timestampNs } of arrivals) {
      samples += frame.numSamples;
      bytes += frame.samples.byteLength;
      const next = expected.get(frame.peer) ?? frame.sequence;
      if (frame.sequence > next) lost += frame.sequence - next; // smaller: a sender that started again
      expected.set(frame.peer, frame.sequence + 1);
      const latencyMs = Number(timestampNs - frame.timestampNs) / 1e6;
      latencySumMs += latencyMs;
      latencyMaxMs = Math.max(latencyMaxMs, latencyMs);
    }
    const times = arrivals.map(({ timestampNs }) => Number(timestampNs / 1000n) / 1000);
    return {
      frames: arrivals.length,
      samples,
      bytes,
      lost,
      latencySumMs,
      latencyMaxMs,
      firstMs: times[0] ?? 0,
      lastMs: times.at(-1) ?? 0,
      meanSquare: analysis?.meanSquare ?? 0,
      peakSquare: analysis?.peakSquare ?? 0,
      overMs,
    };
  };
}

/** Adds two tallies, the earlier one first. */
export function addTallies(a: Tally, b: Tally): Tally {
  const frames = a.frames + b.frames;
  return {
    frames,
    samples: a.samples + b.samples,
    bytes: a.bytes + b.bytes,
    lost: a.lost + b.lost,
    latencySumMs: a.latencySumMs + b.latencySumMs,
    latencyMaxMs: Math.max(a.latencyMaxMs, b.latencyMaxMs),
    firstMs: a.frames > 0 ? a.firstMs : b.firstMs,
    lastMs: b.frames > 0 ? b.lastMs : a.lastMs,
    meanSquare: frames > 0 ? (a.meanSquare * a.frames + b.meanSquare * b.frames) / frames : 0,
    peakSquare: Math.max(a.peakSquare, b.peakSquare),
    overMs: a.overMs + b.overMs,
  };
}

/** Turns a tally into figures. */
export function toFigures(tally: Tally, overMs = tally.overMs): Figures {
  const perSecond = (count: number): number => (overMs > 0 ? (count * 1000) / overMs : 0);
  return {
    frames: tally.frames,
    lost: tally.lost,
    samplesPerSecond: perSecond(tally.samples),
    framesPerSecond: perSecond(tally.frames),
    bytesPerSecond: perSecond(tally.bytes),
    latencyMs: tally.latencySumMs / tally.frames,
    latencyMaxMs: tally.latencyMaxMs,
    rmsDb: 10 * Math.log10(tally.meanSquare + 1e-20),
    peakDb: 10 * Math.log10(tally.peakSquare + 1e-20),
  };
}
