import { describe, expect, it } from 'vitest';
import { mainLobe, WINDOW_NAMES, windowValues } from '../../src/spectrum/windows.js';

describe.each(WINDOW_NAMES)('window %s', (name) => {
  it('keeps the level of a tone: its values sum to 1', () => {
    for (const size of [1, 2, 16, 1000, 4096]) {
      const sum = windowValues(name, size).reduce((all, value) => all + value, 0);
      if (size > 8) expect(sum).toBeCloseTo(1, 9);
      else expect(Number.isFinite(sum)).toBe(true);
    }
  });

  it.each([0, 0.1, 0.25, 0.5, 0.75, 1.3])('has the main lobe that is computed, %d bins away', (offset) => {
    const values = windowValues(name, 4096);
    let [re, im] = [0, 0];
    values.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * offset * i) / 4096);
      im += value * Math.sin((2 * Math.PI * offset * i) / 4096);
    });
    expect(mainLobe(name, offset)).toBeCloseTo(Math.hypot(re, im), 3);
  });
});
