import 'rxzmq'; // which knows how to spell
import fc from 'fast-check';
import { decodePmt, encodePmt, type Pmt, pmt, type PmtInput } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { hex } from '../fixtures.js';

const hexOf = (value: PmtInput, dialect?: '3.7' | '3.8' | '3.8.3' | '3.9' | '3.10.5') =>
  Buffer.from(encodePmt(value, { dialect })).toString('hex');

describe('encodePmt', () => {
  it('takes plain objects for dicts, at any depth', () => {
    expect(encodePmt({ freq: 1, more: { gain: 2n } })).toEqual(
      encodePmt(
        new Map<PmtInput, PmtInput>([
          ['freq', 1],
          ['more', new Map([['gain', 2n]])],
        ]),
      ),
    );
    expect(hexOf({})).toBe('06');
    expect(encodePmt(Object.assign(Object.create(null) as object, { a: true }) as PmtInput)).toEqual(
      encodePmt({ a: true }),
    );
  });

  it('takes Buffers for bytes', () => {
    expect(hexOf(Buffer.from('ab'))).toBe('0a000000000201006162');
  });

  const deep = (depth: number): PmtInput => (depth === 0 ? 1 : [deep(depth - 1)]);
  const cyclic: PmtInput[] = [];
  cyclic.push(cyclic);

  it.each([
    ['an empty tuple', pmt.tuple(), 'a tuple must have at least 1 item: GNU Radio crashes on an empty one'],
    ['a symbol above 1024 bytes', 'é'.repeat(513), 'a symbol has at most 1024 bytes'],
    ['a symbol that is no Unicode', '\ud800', 'half a surrogate pair'],
    ['deep nesting', deep(101), 'values may be nested at most 100 deep'],
    ['a cycle', cyclic, 'values may be nested at most 100 deep'],
    ['a long above 64 bits', 2n ** 64n, 'a long has 64 bits and a sign, which 18446744073709551616n does not fit'],
    ['a long that is a uint64', 2n ** 63n, 'pmt.uint64(9223372036854775808n) has one more'],
    ['a uint64 below 0', pmt.uint64(-1n), 'a uint64 must be a bigint from 0n to 2n ** 64n - 1n, not -1n'],
    [
      'a uint64 that is no whole number',
      pmt.uint64(1.5),
      'a uint64 must be a bigint from 0n to 2n ** 64n - 1n, not 1.5',
    ],
    ['a uint64 of text', pmt.uint64('x' as never), "a uint64 must be a bigint from 0n to 2n ** 64n - 1n, not 'x'"],
    ['undefined', undefined, 'GNU Radio has no value for undefined'],
    ['undefined in a dict', { a: undefined }, 'GNU Radio has no value for undefined'],
    ['a hole', new Array(1), 'GNU Radio has no value for undefined'],
    ['a function', () => 1, 'GNU Radio has no value for a function'],
    ['a Date', new Date(0), 'GNU Radio has no value for a Date'],
    ['a Set', new Set(), 'GNU Radio has no value for a Set'],
    ['a DataView', new DataView(new ArrayBuffer(2)), 'GNU Radio has no vector for DataView of 2'],
    ['clamped bytes', new Uint8ClampedArray(1), 'GNU Radio has no vector for Uint8ClampedArray of 1'],
    ['an unknown kind', { pmt: 'eof' }, "there is no kind 'eof': 'pmt' is uint64, complex"],
    ['half a complex', { pmt: 'complex', re: 1 }, 'a part of a complex must be a number, not undefined'],
    ['items that are none', { pmt: 'list', items: 'ab' }, "the items of a tuple or list must be an array, not 'ab'"],
    ['half a c32', pmt.c32vector(new Float32Array(3)), 'are real and imaginary parts, but there are Float32Array of 3'],
    ['doubles as c32', pmt.c32vector(new Float64Array(2) as never), 'must be a Float32Array, not Float64Array of 2'],
  ])('refuses %s', (_, value, text) => {
    const error = (() => {
      try {
        return void encodePmt(value as PmtInput);
      } catch (thrown) {
        return thrown as Error;
      }
    })();

    expect(error).toMatchObject({ name: 'CodecError', code: 'ERR_CODEC' });
    expect(error!.message).toMatch(/^PMT: /);
    expect(error!.message).toContain(text);
  });

  it('writes what is as deep and as long as GNU Radio reads', () => {
    expect(decodePmt(encodePmt(deep(100)))).toEqual(deep(100));
    expect(decodePmt(encodePmt('x'.repeat(1024)))).toBe('x'.repeat(1024));
    const long = pmt.list(...Array.from({ length: 100_000 }, (_, i) => BigInt(i)));
    expect(decodePmt(encodePmt(long))).toEqual(long);
  });

  it('writes pairs in pairs as deep as they are read', () => {
    const pairs = (count: number, last: PmtInput): PmtInput => {
      let chain: PmtInput = pmt.pair(1, last);
      for (let i = 1; i < count; i += 1) chain = pmt.pair(0, chain);
      return chain;
    };
    const deepLast = decodePmt(hex(`${'0701'.repeat(79)}07${'0800000001'.repeat(60)}0101`)); // its last pair has deep vectors
    expect(decodePmt(encodePmt(deepLast))).toEqual(deepLast);
    expect(decodePmt(encodePmt(pairs(100, true)))).toEqual(pairs(100, true));
    expect(() => encodePmt(pairs(101, true))).toThrow('PMT: values may be nested at most 100 deep');
    expect(() => encodePmt(pairs(100_000, true))).toThrow('PMT: values may be nested at most 100 deep');
    expect(() => decodePmt(hex(`${'0701'.repeat(101)}01`))).toThrow('PMT: it is nested more than 100 deep');
  });

  it('refuses an option it does not know', () => {
    expect(() => encodePmt(1, { dialect: '3.11' as never })).toThrow(/option 'dialect' must be '3.7' or /);
    expect(() => decodePmt(hex('00'), { dialekt: '3.7' } as never)).toThrow(/unknown option 'dialekt'; did you mean/);
  });
});

describe('the dialects', () => {
  const c32 = pmt.c32vector(Float32Array.of(1, 2));
  const f32 = Float32Array.of(1);
  const dict = new Map<Pmt, Pmt>([['a', 1n]]);

  it.each([
    ['3.10.5', c32, '0a0a0000000101003f80000040000000'],
    ['3.9', c32, '0a0a000000010100400000003f800000'],
    ['3.8.3', c32, '0a0a0000000101003ff00000000000004000000000000000'],
    ['3.9', f32, '0a080000000101003f800000'],
    ['3.8', f32, '0a080000000101003ff0000000000000'],
    ['3.7', f32, '0a080000000101003ff0000000000000'],
    ['3.8.3', dict, '0907020001610300000001' + '06'],
    ['3.8', 2n ** 40n, '0d0000010000000000'],
  ] as const)('%s: what is read is written', (dialect, value, bytes) => {
    expect(hexOf(value, dialect)).toBe(bytes);
    expect(decodePmt(hex(bytes), { dialect })).toEqual(value);
  });

  it.each(['3.7', '3.8'] as const)('%s: dicts are lists of pairs', (dialect) => {
    expect(hexOf(dict, dialect)).toBe('070702000161030000000106');
    expect(decodePmt(hex('070702000161030000000106'), { dialect })).toEqual(pmt.list(pmt.pair('a', 1n)));
  });

  it('3.7: longs have 32 bits', () => {
    expect(hexOf(2n ** 31n - 1n, '3.7')).toBe('037fffffff');
    expect(() => encodePmt(2n ** 31n, { dialect: '3.7' })).toThrow('a long has 32 bits and a sign');
  });
});

describe('both ways', () => {
  const number = fc.double();
  const { value } = fc.letrec<{ value: Pmt }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      number,
      fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
      fc.bigInt(0n, 2n ** 64n - 1n).map((n) => pmt.uint64(n)),
      fc.tuple(number, number).map(([re, im]) => pmt.complex(re, im)),
      fc.uint8Array(),
      fc.int16Array(),
      fc.bigUint64Array(),
      fc.float32Array(),
      fc.array(fc.tuple(number, number)).map((pairs) => pmt.c64vector(Float64Array.from(pairs.flat()))),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { minLength: 1, maxLength: 4 }).map((items) => pmt.tuple(...items)),
      fc.array(tie('value'), { minLength: 1, maxLength: 4 }).map((items) => pmt.list(...items)),
      fc.tuple(tie('value'), number).map(([car, cdr]) => pmt.pair(car, cdr)),
      fc.dictionary(fc.string({ maxLength: 9 }), tie('value'), { minKeys: 1 }).map((o) => new Map(Object.entries(o))),
    ),
  }));

  it('what was written is read as it was', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(decodePmt(encodePmt(given))).toStrictEqual(given);
      }),
    );
  });

  it('whatever arrives is read or refused by name, and what is read can be written', () => {
    const tag = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 255);
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, fc.nat(255)), { maxLength: 60 }), (bytes) => {
        let read: Pmt;
        try {
          read = decodePmt(Uint8Array.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_CODEC' });
          return;
        }
        expect(decodePmt(encodePmt(read))).toStrictEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});
