/**
 * A polymorphic type (PMT), the value of GNU Radio's messages and tags, as a value of TypeScript:
 *
 * | GNU Radio | here |
 * | --- | --- |
 * | `#t`, `#f` | `true`, `false` |
 * | nil, the empty list, the empty dict | `null` |
 * | symbol | a string |
 * | double | a number |
 * | long (64 bits, signed) | a bigint |
 * | uint64 | `{ pmt: 'uint64', value }` |
 * | complex | `{ pmt: 'complex', re, im }` |
 * | vector | an array |
 * | tuple, list, pair | `{ pmt: 'tuple', items }`, `{ pmt: 'list', items }`, `{ pmt: 'pair', car, cdr }` |
 * | dict | a Map, in the order of the wire |
 * | u8vector to s64vector, f32vector, f64vector | a typed array |
 * | c32vector, c64vector | `{ pmt: 'c32vector', values }`, interleaved |
 *
 * A number is always a double and a bigint always a long: the length tag `packet_len` is `1024n`, `freq` is `433.92e6`.
 */
export type Pmt =
  | null
  | boolean
  | string
  | number
  | bigint
  | PmtUint64
  | PmtComplex
  | PmtTuple
  | PmtList
  | PmtPair
  | readonly Pmt[]
  | ReadonlyMap<Pmt, Pmt>
  | PmtArray
  | PmtC32Vector
  | PmtC64Vector;

/** The input of encoders: a {@link Pmt}, or, at any depth, a plain object for a dict with symbols as keys. */
export type PmtInput =
  | null
  | boolean
  | string
  | number
  | bigint
  | PmtUint64
  | PmtComplex
  | { readonly pmt: 'tuple'; readonly items: readonly PmtInput[] }
  | { readonly pmt: 'list'; readonly items: readonly PmtInput[] }
  | { readonly pmt: 'pair'; readonly car: PmtInput; readonly cdr: PmtInput }
  | readonly PmtInput[]
  | ReadonlyMap<PmtInput, PmtInput>
  | PmtArray
  | PmtC32Vector
  | PmtC64Vector
  | { readonly pmt?: never; readonly [symbol: string]: PmtInput | undefined };

/** Uniform vectors of numbers that JavaScript has typed arrays for. */
export type PmtArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** An unsigned number of 64 bits, such as the seconds of `rx_time`. */
export interface PmtUint64 {
  readonly pmt: 'uint64';
  readonly value: bigint;
}
/** A complex number of two doubles. */
export interface PmtComplex {
  readonly pmt: 'complex';
  readonly re: number;
  readonly im: number;
}
/** A tuple: at least 1 item, as GNU Radio cannot read an empty one. */
export interface PmtTuple {
  readonly pmt: 'tuple';
  readonly items: readonly Pmt[];
}
/** A list: pairs, the last of which ends in nil. The empty list is `null`. */
export interface PmtList {
  readonly pmt: 'list';
  readonly items: readonly Pmt[];
}
/** A pair. If its `cdr` is a list, it has the bytes of a longer list, and decodes to that. */
export interface PmtPair {
  readonly pmt: 'pair';
  readonly car: Pmt;
  readonly cdr: Pmt;
}
/** A uniform vector of complex numbers in single precision. */
export interface PmtC32Vector {
  readonly pmt: 'c32vector';
  /** Interleaved: element 2k is the real part of number k. */
  readonly values: Float32Array;
}
/** A uniform vector of complex numbers in double precision. */
export interface PmtC64Vector {
  readonly pmt: 'c64vector';
  /** Interleaved: element 2k is the real part of number k. */
  readonly values: Float64Array;
}

/**
 * How releases of GNU Radio write PMTs: each dialect has the name of the first release that uses it.
 *
 * | dialect | releases | what differs |
 * | --- | --- | --- |
 * | `'3.10.5'` | 3.10.5 and later | |
 * | `'3.9'` | 3.9.0 to 3.10.4 | c32vectors have the imaginary part first |
 * | `'3.8.3'` | 3.8.3 to 3.8.5 | f32vectors and c32vectors hold doubles |
 * | `'3.8'` | 3.8.0 to 3.8.2 | the same, and dicts are lists of pairs |
 * | `'3.7'` | 3.7 | the same, and longs have 32 bits |
 */
export type PmtDialect = '3.7' | '3.8' | '3.8.3' | '3.9' | '3.10.5';

/** Options of all codecs with PMTs. */
export interface PmtOptions {
  /** The newest of these releases that is not above the release of GNU Radio at the other end. @default '3.10.5' */
  readonly dialect?: PmtDialect | undefined;
}
