import { FrameError } from './FrameError.js';
import { describe } from '../basics/describe.js';
import { requireLittleEndian } from './littleEndian.js';

const QUIET_NAN = 0x7ff80000;

/**
 * Converts x87 80-bit extended numbers, 16 bytes each, to doubles.
 *
 * Rounds half to even, as the hardware does: numbers that are too large become infinity, numbers that are too small a subnormal or
 * a zero with the same sign. A NaN stays a NaN, quiet, with the upper part of its payload. Encodings that are invalid on the x87
 * (no integer bit) become NaN. The six bytes of padding are ignored.
 *
 * @param bytes the samples of a `cf128` frame, 32 bytes a complex sample; any multiple of 16 bytes is accepted
 * @returns one double for each 16 bytes; for a frame, I and Q interleaved
 * @throws FrameError if `bytes` is not a `Uint8Array` (`'value'`) or has another length (`'length'`).
 * @throws UnsupportedError on a big-endian machine.
 * @example
 * ```ts
 * if (frame.sampleType === 'cf128') spectrum(cf128ToFloat64(frame.samples));
 * ```
 */
export function cf128ToFloat64(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  requireLittleEndian();
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== 'Uint8Array') {
    throw new FrameError('value', `cf128ToFloat64: bytes must be a Uint8Array, not ${describe(bytes)}`);
  }
  const { byteLength } = bytes;
  if (byteLength % 16 !== 0) {
    throw new FrameError(
      'length',
      `cf128ToFloat64: ${byteLength} bytes are not a whole cf128: a complex sample takes 32, a number 16`,
    );
  }
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const input = new Uint32Array(buffer, byteOffset, byteLength / 4);
  const values = new Float64Array(byteLength / 16);
  // as words, not as doubles: a JavaScript engine may change the bits of a NaN that it handles as a number
  const output = new Uint32Array(values.buffer);
  for (let from = 0, to = 0; from < input.length; from += 4, to += 2) {
    round(input[from]!, input[from + 1]!, input[from + 2]!, output, to);
  }
  return values;
}

/** Rounds one number: 64 bits of mantissa, its integer bit in `high`, then sign and exponent in half a word. */
function round(low: number, high: number, signExponent: number, output: Uint32Array, at: number): void {
  const sign = (signExponent & 0x8000) << 16;
  const extended = signExponent & 0x7fff;
  const hasIntegerBit = high >= 0x80000000;
  let outLow = 0;
  let outHigh = sign;

  if (extended === 0) {
    // zero, or below any double: at most 2^-16382
  } else if (!hasIntegerBit) {
    outHigh = QUIET_NAN; // unnormal, pseudo-infinity, pseudo-NaN
  } else if (extended === 0x7fff) {
    const isInfinity = low === 0 && high === 0x80000000;
    outHigh = isInfinity ? sign | 0x7ff00000 : sign | QUIET_NAN | ((high >>> 11) & 0xfffff);
    outLow = isInfinity ? 0 : (high << 21) | (low >>> 11);
  } else {
    const exponent = extended - 16383 + 1023;
    // how many bits of the mantissa are below the last one of the double
    const drop = exponent > 0 ? 11 : 12 - exponent;
    if (exponent >= 2047) {
      outHigh = sign | 0x7ff00000;
    } else if (drop <= 64) {
      let isAbove: boolean; // what is dropped is above half of the last bit
      let isHalf: boolean;
      if (drop < 32) {
        outLow = ((high << (32 - drop)) | (low >>> drop)) >>> 0;
        outHigh = high >>> drop;
        const rest = (low << (32 - drop)) >>> 0;
        isAbove = rest > 0x80000000;
        isHalf = rest === 0x80000000;
      } else {
        outLow = drop === 64 ? 0 : high >>> (drop - 32);
        outHigh = 0;
        const rest = drop === 32 ? low : (high << (64 - drop)) >>> 0;
        const sticky = drop !== 32 && low !== 0;
        isAbove = rest > 0x80000000 || (rest === 0x80000000 && sticky);
        isHalf = rest === 0x80000000 && !sticky;
      }
      if (exponent > 0) outHigh = (exponent << 20) | (outHigh & 0xfffff);
      // a carry goes up into the exponent, and there is right: the next power of two, or infinity
      if (isAbove || (isHalf && (outLow & 1) === 1)) {
        outLow = (outLow + 1) >>> 0;
        if (outLow === 0) outHigh += 1;
      }
      outHigh |= sign;
    }
  }
  output[at] = outLow;
  output[at + 1] = outHigh;
}
