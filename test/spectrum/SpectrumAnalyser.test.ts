import { frame, type Frame, type SampleType } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { sampleTypes, toSamples } from '../../src/cli/signals/samples.js';
import { interpolateTone, strongestBin } from '../../src/spectrum/interpolate.js';
import { SpectrumAnalyser } from '../../src/spectrum/SpectrumAnalyser.js';
import { WINDOW_NAMES, type WindowName } from '../../src/spectrum/windows.js';
import { dB, tone, toneFrames } from './tones.js';

const bins = 1024;

function analyse(
  frames: readonly Frame[],
  { window = 'blackmanHarris', hop = bins }: { window?: WindowName; hop?: number } = {},
) {
  const blocks: { power: Float64Array; samples: number; end: number; frame: Frame }[] = [];
  const analyser = new SpectrumAnalyser(bins, window, hop, (block) =>
    blocks.push({ ...block, power: block.power.slice() }),
  );
  for (const one of frames) analyser.take(one);
  return { blocks, analyser };
}

/** What a tone is read as: its place in bins from the centre, and its level. */
function read(frames: readonly Frame[], window: WindowName = 'blackmanHarris') {
  const { blocks, analyser } = analyse(frames, { window });
  if (blocks.length === 0) analyser.flush();
  const { power, samples } = blocks[0]!;
  const { bin, level } = interpolateTone(power, strongestBin(power, 0, bins - 1), { window, windowSamples: samples });
  return { offset: bin - bins / 2, bin: bin - 512, level };
}

describe('SpectrumAnalyser', () => {
  const places = [-400, -400.5, -37.25, 0, 0.01, 0.5, 12.3, 200.49, 200.51, 377.75];

  describe.each(WINDOW_NAMES)('with window %s', (window) => {
    it.each(places)('reads a tone %d bins from the centre, right to a tenth of a bin and a tenth of a dB', (place) => {
      const { bin, level } = read([frame(tone(place / bins, 0.25, bins))], window);
      expect(Math.abs(bin - place)).toBeLessThan(0.1);
      expect(Math.abs(level - dB(0.25))).toBeLessThan(0.1);
    });
  });

  it.each(sampleTypes)('reads half of full scale as -6 dBFS in %s', (sampleType: SampleType) => {
    const samples = toSamples(tone(0.1, 0.5, bins), sampleType);
    const { level } = read([frame(samples, { sampleType })]);
    expect(Math.abs(level - dB(0.5))).toBeLessThan(sampleType === 'ci8' ? 0.2 : 0.02);
  });

  it('joins frames, and reads a run that is too short with zeros behind it', () => {
    const frames = toneFrames(0.125, 0.5, 4, bins / 4);
    expect(analyse(frames).blocks).toHaveLength(1);
    const { blocks, analyser } = analyse(frames.slice(0, 1));
    expect(blocks).toEqual([]);
    analyser.flush();
    expect(blocks[0]!.samples).toBe(bins / 4);
    const { bin, level } = read(frames.slice(0, 1));
    expect(Math.abs(bin - 128)).toBeLessThan(0.5);
    expect(Math.abs(level - dB(0.5))).toBeLessThan(0.5);
  });

  it('begins anew after a gap, and at another rate, frequency, stream or peer', () => {
    const [first, second] = toneFrames(0.125, 0.5, 2, bins / 2) as [Frame, Frame];
    for (const other of [
      { ...second, sequence: 5 },
      { ...second, sampleRate: 2e6 },
      { ...second, centerFreq: 1 },
      { ...second, streamId: 7 },
      { ...second, peer: 3 },
    ]) {
      expect(analyse([first, other]).blocks.map(({ samples }) => samples)).toEqual([bins / 2]);
    }
    expect(analyse([first, second]).blocks.map(({ samples }) => samples)).toEqual([bins]);
  });

  it('overlaps blocks, or leaves samples out between them, by any hop', () => {
    const frames = toneFrames(0.1, 0.5, 40, 333);
    const startsOf = (hop: number) =>
      analyse(frames, { hop }).blocks.map(({ end, frame: last, samples }) => last.sequence * 333 + end - samples);
    expect(startsOf(400).slice(0, 4)).toEqual([0, 400, 800, 1200]);
    expect(startsOf(2500.5).slice(0, 5)).toEqual([0, 2500, 5001, 7501, 10_002]);
  });

  it('leaves out blocks with NaN and infinity, and counts them', () => {
    const bad = tone(0.1, 0.5, 3 * bins);
    bad[2 * bins + 5] = NaN;
    const { blocks, analyser } = analyse([frame(bad)]);
    expect(blocks).toHaveLength(2);
    const { faults, meanSquare, peakSquare } = analyser.readLevels();
    expect(faults).toBe(1);
    expect(meanSquare).toBeCloseTo(0.25, 5);
    expect(peakSquare).toBeCloseTo(0.25, 5);
    expect(analyser.readLevels()).toEqual({ faults: 0, meanSquare: 0, peakSquare: 0 });
  });

  it('takes a frame without samples, and one of four million', () => {
    const empty = { ...frame(new Float32Array(2)), samples: new Float32Array(0), numSamples: 0 };
    expect(analyse([empty]).blocks).toEqual([]);
    const large = frame(new Int8Array(2 * 2 ** 22));
    expect(analyse([large], { hop: 2 ** 20 }).blocks).toHaveLength(4);
  });
});
