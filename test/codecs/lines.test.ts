import fc from 'fast-check';
import { lines, type SpectrumLine } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/codecs/decode.js';

const line: SpectrumLine = {
  levels: Uint8Array.from({ length: 8 }, (_, i) => 30 * i),
  bins: 8,
  top: -10,
  step: 0.5,
  centerFreq: 433.92e6,
  sampleRate: 2.048e6,
  timestampNs: 1_700_000_000_123_456_789n,
  sequence: 3,
  window: 'hann',
  windowSamples: 6,
  rms: -20.5,
  peak: -3.25,
  lost: 2,
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const header = (fields: object) => new TextEncoder().encode(JSON.stringify(fields));
const least = { bins: 8, top: 0, step: 0.5, timestampNs: '7' };

describe('lines', () => {
  it('sends a header in JSON and one byte a bin', () => {
    const [first, second] = lines.encode(line) as [Uint8Array, Uint8Array];
    expect(JSON.parse(text(first))).toMatchObject({
      centerFreq: 433.92e6,
      sampleRate: 2.048e6,
      bins: 8,
      top: -10,
      step: 0.5,
      timestampNs: '1700000000123456789',
    });
    expect(second).toBe(line.levels);
  });

  it('gives again what it was given', () => {
    const level = fc.double({ min: -300, max: 300, noNaN: true }).map((dB) => Math.round(dB * 100) / 100 + 0);
    const count = fc.nat();
    const arbitrary = fc.record({
      levels: fc.uint8Array({ minLength: 1, maxLength: 64 }),
      top: level,
      step: fc.double({ min: 0.01, max: 10, noNaN: true }),
      centerFreq: fc.double({ noNaN: true, noDefaultInfinity: true }).map((hz) => hz + 0),
      sampleRate: fc.double({ min: 0, max: 1e12, noNaN: true }),
      timestampNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      sequence: count,
      window: fc.constantFrom('blackmanHarris' as const, 'flatTop' as const, 'hann' as const, 'rectangular' as const),
      rms: level,
      peak: level,
      lost: count,
    });
    fc.assert(
      fc.property(arbitrary, (fields) => {
        const whole: SpectrumLine = { ...fields, bins: fields.levels.length, windowSamples: fields.levels.length };
        expect(decode(lines, lines.encode(whole))).toEqual(whole);
      }),
    );
  });

  it('has defaults for all that a header need not have', () => {
    expect(lines.decode([header(least), new Uint8Array(8)])).toEqual({
      levels: new Uint8Array(8),
      bins: 8,
      top: 0,
      step: 0.5,
      centerFreq: 0,
      sampleRate: 0,
      timestampNs: 7n,
      sequence: 0,
      window: 'blackmanHarris',
      windowSamples: 8,
      rms: -300,
      peak: -300,
      lost: 0,
    });
  });

  it('says nothing where a frequency or rate is no number', () => {
    const again = lines.decode(lines.encode({ ...line, centerFreq: NaN, sampleRate: Infinity, rms: NaN }));
    expect(again).toMatchObject({ centerFreq: 0, sampleRate: 0, rms: -300 });
  });

  it.each([
    ['1 part', [header(least)], /2 parts, this one has 1/],
    ['no JSON', [new Uint8Array([0x7b]), new Uint8Array(8)], /no JSON/],
    ['no object', [header([1]), new Uint8Array(8)], /an object, not an array of 1/],
    ['other bins', [header(least), new Uint8Array(9)], /8 bins, but there are 9 levels/],
    ['no bins', [header({ ...least, bins: 0 }), new Uint8Array(0)], /bins must be an integer from 1 .*, not 0/],
    ['half a bin', [header({ ...least, bins: 8.5 }), new Uint8Array(8)], /bins must be .* 8.5/],
    ['no step', [header({ ...least, step: 0 }), new Uint8Array(8)], /step must be above 0, not 0/],
    ['no top', [header({ ...least, top: '0' }), new Uint8Array(8)], /top must be a number, not '0'/],
    [
      'a time that is a number',
      [header({ ...least, timestampNs: 7 }), new Uint8Array(8)],
      /timestampNs must be .* not 7/,
    ],
    [
      'a time that cannot be sent on',
      [header({ ...least, timestampNs: '18446744073709551616' }), new Uint8Array(8)],
      /timestampNs must be .* not '18446744073709551616'/,
    ],
    [
      'an unknown window',
      [header({ ...least, window: 'kaiser' }), new Uint8Array(8)],
      /window must be one of .*'kaiser'/,
    ],
    ['a wide window', [header({ ...least, windowSamples: 9 }), new Uint8Array(8)], /windowSamples must be .* 9/],
  ])('refuses %s', (_, parts, message) => {
    expect(() => lines.decode(parts)).toThrow(
      expect.objectContaining({ code: 'ERR_CODEC', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    ['no line', 7, /not 7/],
    ['fewer levels', { ...line, bins: 9 }, /as many levels as bins/],
    ['no top', { ...line, top: NaN }, /top must be a number, not NaN/],
    ['no step', { ...line, step: -1 }, /step must be a number above 0, not -1/],
    ['no time', { ...line, timestampNs: 1 }, /timestampNs must be a bigint/],
  ])('does not send %s', (_, value: any, message) => {
    expect(() => lines.encode(value)).toThrow(
      expect.objectContaining({ code: 'ERR_CODEC', message: expect.stringMatching(message) }),
    );
  });
});
