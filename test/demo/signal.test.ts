import { frame } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { createSignal, toneOffset } from '../../examples/demo/signal.js';
import { createAnalyser, fftSize } from '../../src/cli/scope/spectrum.js';

const sampleRate = 2.048e6;
const blockSize = 8192;

function loudestOffset(block: Float32Array): number {
  const { spectrum } = createAnalyser()([frame(block)])!;
  const bin = spectrum.indexOf(Math.max(...spectrum));
  return ((bin - fftSize / 2) * sampleRate) / fftSize;
}

describe('createSignal', () => {
  it('has its loudest tone where toneOffset says, all along the drift', () => {
    const next = createSignal(sampleRate, blockSize);
    for (let block = 0; block < 500; block++) {
      const samples = next();
      if (block % 50 !== 0) continue;
      const expected = toneOffset((block * blockSize) / sampleRate);
      expect(Math.abs(loudestOffset(samples) - expected)).toBeLessThanOrEqual(sampleRate / fftSize);
    }
  });

  it('stays within full scale', () => {
    const next = createSignal(sampleRate, blockSize);
    for (let block = 0; block < 250; block++) {
      expect(next().reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(1);
    }
  });

  it('has a phase that does not jump between blocks', () => {
    const next = createSignal(sampleRate, 1024);
    next();
    // Blocks that do not join splash energy over the band: here the far end stays as quiet as within one block.
    const joined = Float32Array.from([...next(), ...next()]);
    const { spectrum } = createAnalyser()([frame(joined)])!;
    const far = spectrum.slice(fftSize - 100);
    expect(Math.max(...far)).toBeLessThan(-60);
  });

  it('has bursts: the band above the centre is louder while one is on', () => {
    const next = createSignal(sampleRate, blockSize);
    const upper = Array.from({ length: 400 }, () => {
      const { spectrum } = createAnalyser()([frame(next())])!;
      return Math.max(...spectrum.slice(fftSize / 2 + 200));
    });
    expect(Math.max(...upper)).toBeGreaterThan(-45);
    expect(Math.min(...upper)).toBeLessThan(-65);
  });
});
