import type { View } from './view.js';

/** What the scope reads, as a line of JSON. */
export function figuresLine({ figures, source, peak, marker, settings, averaged }: View): string {
  const place = (at: number): number => (source?.centerFreq ?? 0) + at * (source?.sampleRate ?? 0);
  const point = (reading: typeof peak): object | null =>
    reading ? { frequency: place(reading.at), dbfs: rounded(reading.level) } : null;
  return JSON.stringify({
    frames: figures.frames,
    lost: figures.lost,
    samplesPerSecond: Math.round(figures.samplesPerSecond),
    bytesPerSecond: Math.round(figures.bytesPerSecond),
    latencyMs: Number.isFinite(figures.latencyMs) ? rounded(figures.latencyMs) : null,
    rmsDbfs: rounded(figures.rmsDb),
    peakDbfs: rounded(figures.peakDb),
    spectrumPeak: point(peak),
    marker: point(marker),
    sampleType: source?.sampleType ?? null,
    sampleRate: source?.sampleRate ?? 0,
    centerFreq: source?.centerFreq ?? 0,
    bins: settings.bins,
    window: settings.window,
    averaged,
  });
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
