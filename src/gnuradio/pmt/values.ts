import type { PmtC32Vector, PmtC64Vector, PmtComplex, PmtInput, PmtUint64 } from './types.js';

/** Functions for the values that have no counterpart in JavaScript. They return plain objects, which are checked when they are encoded. */
export const values = {
  /** An unsigned number of 64 bits. */
  uint64: (value: bigint | number): PmtUint64 => ({
    pmt: 'uint64',
    value: Number.isInteger(value) ? BigInt(value) : (value as bigint),
  }),
  /** A complex number. */
  complex: (re: number, im: number): PmtComplex => ({ pmt: 'complex', re, im }),
  /** A tuple of at least 1 item. */
  tuple: <T extends readonly PmtInput[]>(...items: T) => ({ pmt: 'tuple', items }) as const,
  /** A list. */
  list: <T extends readonly PmtInput[]>(...items: T) => ({ pmt: 'list', items }) as const,
  /** A pair, such as a command of a name and a value. */
  pair: <A extends PmtInput, B extends PmtInput>(car: A, cdr: B) => ({ pmt: 'pair', car, cdr }) as const,
  /** A vector of complex numbers in single precision, from interleaved real and imaginary parts. */
  c32vector: (interleaved: Float32Array): PmtC32Vector => ({ pmt: 'c32vector', values: interleaved }),
  /** A vector of complex numbers in double precision, from interleaved real and imaginary parts. */
  c64vector: (interleaved: Float64Array): PmtC64Vector => ({ pmt: 'c64vector', values: interleaved }),
};
