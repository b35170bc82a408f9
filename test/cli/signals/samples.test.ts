import { frame, type SampleType } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { sampleTypes, toSamples } from '../../../src/cli/signals/samples.js';
import { numbersOf } from '../../../src/spectrum/numbersOf.js';

describe('toSamples', () => {
  const signal = Float32Array.from([0, 0.5, -0.5, 0.25, 1, -1, 2, -2]);
  const clipped = [0, 0.5, -0.5, 0.25, 1, -1, 1, -1];

  it.each(sampleTypes)('%s: what goes in comes out', (sampleType: SampleType) => {
    const { values, scale } = numbersOf(frame(toSamples(signal, sampleType), { sampleType }));
    const expected = sampleType.startsWith('ci') ? clipped : [...signal];
    expect(values).toHaveLength(signal.length);
    expected.forEach((value, i) => expect(Math.abs(values[i]! * scale - value)).toBeLessThan(0.02));
  });
});
