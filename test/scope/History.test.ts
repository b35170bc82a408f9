import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandOf } from '../../src/scope/core/Band.js';
import { History, MOST_BYTES } from '../../src/scope/core/History.js';

const bandWith = (bins: number) =>
  bandOf({ centerFreq: 1e8, sampleRate: 1e6 }, bins, { window: 'hann', windowSamples: bins });

/** As many rows as 24 hours have at 60 a second. */
const ROWS_OF_A_DAY = 24 * 3600 * 60;

it('holds as many rows as fit, however many come, and uses their memory again', () => {
  expect(MOST_BYTES).toBe(2 ** 25);
  const history = new History();
  const power = new Float32Array(16);
  const band = bandWith(16);
  for (let i = 0; i < 5000; i += 1) history.push(power, band, i);
  const { size, bytes } = history;
  expect([size, bytes]).toEqual([4096, 4096 * 16]);
  expect(size).toBeLessThan(ROWS_OF_A_DAY);
  const memory = new Set(Array.from({ length: size }, (_, age) => history.at(age)!.levels));
  for (let i = 0; i < 5000; i += 1) history.push(power, band, i);
  expect([history.size, history.bytes]).toEqual([size, bytes]);
  for (let age = 0; age < size; age += 1) expect(memory.has(history.at(age)!.levels)).toBe(true);
});

it('has the newest rows in order within its memory, whatever the bins are', () => {
  const most = 4096;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(16, 64, 512, 2048), { minLength: 1, maxLength: 300 }), (sizes) => {
      const history = new History(most);
      const all: { bins: number; atMs: number }[] = [];
      sizes.forEach((bins, i) => {
        history.push(new Float32Array(bins), bandWith(bins), i);
        all.push({ bins, atMs: i });
      });
      for (let age = 0; age < history.size; age += 1) {
        const { bins, atMs } = all[all.length - 1 - age]!;
        expect(history.at(age)).toMatchObject({ atMs, band: { bins } });
      }
      expect(history.at(history.size)).toBeUndefined();
      const bytes = Array.from({ length: history.size }, (_, age) => history.at(age)!.levels.length);
      expect(history.bytes).toBe(bytes.reduce((sum, length) => sum + length, 0));
      expect(history.bytes).toBeLessThanOrEqual(2 * most); // for a moment, the rows before a change are kept as well
    }),
    { numRuns: 50 },
  );
});
