import { FrameError } from './FrameError.js';
import { describe } from '../basics/describe.js';
import { requireLittleEndian } from './littleEndian.js';

/**
 * Converts doubles to x87 80-bit extended numbers, 16 bytes each, exactly.
 *
 * Every double can be represented, also subnormals, zeros and infinities. A NaN keeps its sign and payload and becomes quiet. The
 * six bytes of padding are 0.
 *
 * @param values I and Q interleaved, if the result should be the samples of a `cf128` frame
 * @returns 16 bytes for each double, 32 for a complex sample
 * @throws FrameError if `values` is not a `Float64Array` (`fault` is `'value'`).
 * @throws UnsupportedError on a big-endian machine.
 * @example
 * ```ts
 * frame(float64ToCf128(new Float64Array([1, 0])), { sampleType: 'cf128' });
 * ```
 */
export function float64ToCf128(values: Float64Array): Uint8Array<ArrayBuffer> {
  requireLittleEndian();
  if (!ArrayBuffer.isView(values) || values[Symbol.toStringTag] !== 'Float64Array') {
    throw new FrameError('value', `float64ToCf128: values must be a Float64Array, not ${describe(values)}`);
  }
  // as words, not as doubles: a JavaScript engine may change the bits of a NaN that it handles as a number
  const input = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const bytes = new Uint8Array(values.length * 16);
  const output = new Uint32Array(bytes.buffer);
  for (let from = 0, to = 0; from < input.length; from += 2, to += 4) {
    widen(input[from]!, input[from + 1]!, output, to);
  }
  return bytes;
}

/** Widens one double, given as its two words; the last of the four words written is all padding. */
function widen(low: number, high: number, output: Uint32Array, at: number): void {
  const sign = (high >>> 16) & 0x8000;
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = high & 0xfffff;
  let outLow = low << 11;
  let outHigh = 0x80000000 | (fraction << 11) | (low >>> 21);
  let extended = exponent - 1023 + 16383;

  if (exponent === 0x7ff) {
    extended = 0x7fff;
    if (fraction !== 0 || low !== 0) outHigh |= 0x40000000; // NaN: quiet
  } else if (exponent === 0) {
    if (fraction === 0 && low === 0) {
      outHigh = 0;
      extended = 0;
    } else {
      // a subnormal: its highest bit moves up to be the integer bit
      const zeros = fraction !== 0 ? Math.clz32(fraction) : 32 + Math.clz32(low);
      const up = zeros & 31; // at least 12 if the fraction has bits: it has 20 of its word
      outHigh = zeros < 32 ? (fraction << up) | (low >>> (32 - up)) : low << up;
      outLow = zeros < 32 ? low << up : 0;
      extended = 63 - zeros - 1074 + 16383;
    }
  }
  output[at] = outLow;
  output[at + 1] = outHigh;
  output[at + 2] = sign | extended;
}
