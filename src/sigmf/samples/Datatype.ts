/** How one component is stored: float, signed or unsigned integer. */
export type ComponentKind = 'f' | 'i' | 'u';

/** A parsed SigMF datatype. */
export interface Datatype {
  /** The strict form: `'cf32_le'`, `'ci8'`. */
  readonly name: string;
  /** I and Q, or one real number. */
  readonly isComplex: boolean;
  readonly kind: ComponentKind;
  readonly bits: 8 | 16 | 32 | 64;
  readonly isBigEndian: boolean;
  /** Bytes of one sample of one channel. */
  readonly bytesPerSample: number;
}

const GRAMMAR = /^([rc])(?:(f)(32|64)|([iu])(8|16|32))(?:_(le|be))?$/;

/**
 * Parses a datatype. Tolerant: endianness may be missing (then it is little), or given for bytes, where it has no meaning, as
 * in `cf32` and `ci8_le`, which exist in practice.
 */
export function parseDatatype(text: unknown): Datatype | undefined {
  const found = typeof text === 'string' ? GRAMMAR.exec(text) : null;
  if (found === null) return undefined;
  const [, domain, float, floatBits, integer, integerBits, end] = found;
  const kind = (float ?? integer) as ComponentKind;
  const bits = Number(floatBits ?? integerBits) as Datatype['bits'];
  const isComplex = domain === 'c';
  const isBigEndian = end === 'be' && bits > 8;
  const suffix = bits === 8 ? '' : isBigEndian ? '_be' : '_le';
  return {
    name: `${domain}${kind}${bits}${suffix}`,
    isComplex,
    kind,
    bits,
    isBigEndian,
    bytesPerSample: (isComplex ? 2 : 1) * (bits / 8),
  };
}
