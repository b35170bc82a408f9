import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as show } from '../../src/basics/describe.js';

class Radio {
  readonly gain = 0;
}
class Tuner {
  get [Symbol.toStringTag]() {
    return 'Tuner';
  }
}

describe('show', () => {
  it.each<[unknown, string]>([
    ['tcp://a', "'tcp://a'"],
    ['', "''"],
    ['x'.repeat(80), `'${'x'.repeat(80)}'`],
    ['x'.repeat(81), `'${'x'.repeat(77)}...'`],
    [7, '7'],
    [-0.5, '-0.5'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [7n, '7n'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [Symbol('s'), 'Symbol(s)'],
    [() => 1, 'a function'],
    [Radio, 'a function'],
    [[1, 2], 'an array of 2'],
    [new Float32Array(3), 'Float32Array of 3'],
    [new Uint8Array(0), 'Uint8Array of 0'],
    [Buffer.alloc(4), 'Uint8Array of 4'],
    [new DataView(new ArrayBuffer(5)), 'DataView of 5'],
    [new ArrayBuffer(1), 'an ArrayBuffer'],
    [{}, 'an Object'],
    [Object.create(null), 'an Object'],
    [new Radio(), 'an Object'],
    [new Tuner(), 'a Tuner'],
    [new Date(0), 'a Date'],
    [new Map(), 'a Map'],
    [new Error('e'), 'an Error'],
    [Promise.resolve(), 'a Promise'],
  ])('%o as %s', (value, text) => expect(show(value)).toBe(text));

  it('is short whatever it is given, and does not throw', () => {
    const anything = fc.anything({ withDate: true, withMap: true, withTypedArray: true, withNullPrototype: true });
    fc.assert(
      fc.property(anything, (value) => {
        expect(show(value).length).toBeLessThanOrEqual(82);
      }),
    );
  });

  it('does not throw at objects that do', () => {
    const hostile = {
      get [Symbol.toStringTag](): string {
        throw new Error('hands off');
      },
      toString: () => {
        throw new Error('hands off');
      },
    };
    expect(show(hostile)).toBe('an Object');
  });
});
