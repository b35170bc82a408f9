import { frame, type Frame } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { sampleTypes, toSamples } from '../../../src/cli/signals/samples.js';
import { createAnalyser, fftSize } from '../../../src/cli/scope/spectrum.js';

function tone(bin: number, amplitude: number, samples: number, from = 0): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 2 * samples }, (_, i) => {
    const turn = (2 * Math.PI * bin * (from + (i >> 1))) / fftSize;
    return amplitude * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
  });
}

describe('createAnalyser', () => {
  it.each([-700, -1, 0, 1, 345])('shows a tone in bin %i, lowest frequency first', (bin) => {
    const { spectrum } = createAnalyser()([frame(tone(bin, 1, fftSize))])!;
    expect(spectrum.indexOf(Math.max(...spectrum))).toBe(fftSize / 2 + bin);
  });

  it.each(sampleTypes)('reads a tone of half of full scale as -6 dBFS in %s', (sampleType) => {
    const samples = toSamples(tone(100, 0.5, fftSize), sampleType);
    const analysis = createAnalyser()([frame(samples, { sampleType })])!;
    expect(Math.max(...analysis.spectrum)).toBeCloseTo(-6.02, 0);
    expect(10 * Math.log10(analysis.meanSquare)).toBeCloseTo(-6.02, 0);
    expect(10 * Math.log10(analysis.peakSquare)).toBeCloseTo(-6.02, 0);
  });

  it('keeps a weak tone visible beside a strong one', () => {
    const weak = tone(300, 1e-4, fftSize);
    const both = tone(20.5, 0.9, fftSize).map((value, i) => value + weak[i]!);
    const { spectrum } = createAnalyser()([frame(both)])!;
    expect(spectrum[fftSize / 2 + 300]).toBeCloseTo(-80, 0);
    expect(spectrum[fftSize / 2 + 200]).toBeLessThan(-92);
  });

  it('joins frames that are shorter than a block, across calls too', () => {
    const analyse = createAnalyser();
    const part = (i: number) => ({ ...frame(tone(64, 1, fftSize / 4, (i * fftSize) / 4)), sequence: i }) as Frame;
    expect(analyse([])).toBeUndefined();
    expect(analyse([part(0)])).toBeUndefined();
    expect(analyse([part(1), part(2)])).toBeUndefined();
    const { spectrum } = analyse([part(3)])!;
    expect(spectrum[fftSize / 2 + 64]).toBeCloseTo(0, 3);
    expect(spectrum[fftSize / 2 + 80]).toBeLessThan(-90);
  });

  it('spreads what it looks at over a flood of frames', () => {
    const quiet = frame(new Float32Array(2 * fftSize));
    const loud = frame(tone(5, 1, fftSize));
    const frames = Array.from({ length: 1000 }, (_, i) => (i < 500 ? quiet : loud));
    expect(createAnalyser()(frames)!.meanSquare).toBeCloseTo(0.5, 1);
  });

  it('calls silence silence', () => {
    expect(createAnalyser()([frame(new Int16Array(2 * fftSize))])!.spectrum[0]).toBe(-200);
  });
});
