/** An independent, slow model of x87 80-bit extended numbers, on BigInts: what the conversions are tested against. */

export interface Float80 {
  readonly mantissa: bigint;
  readonly signExponent: number;
}

/** The 16 bytes of one number; the padding is what is given. */
export function bytesOfFloat80({ mantissa, signExponent }: Float80, padding = 0): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setBigUint64(0, mantissa, true);
  view.setUint16(8, signExponent, true);
  for (let at = 10; at < 16; at++) view.setUint8(at, padding);
  return new Uint8Array(view.buffer);
}

/** The bits of a double. */
export function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** The bits of the double that is nearest, ties to even. */
export function nearestDoubleBits({ mantissa, signExponent }: Float80): bigint {
  const sign = BigInt(signExponent >> 15) << 63n;
  const exponent = signExponent & 0x7fff;
  const hasIntegerBit = mantissa >> 63n === 1n;
  if (exponent !== 0 && !hasIntegerBit) return 0x7ff8000000000000n;
  if (exponent === 0x7fff) {
    const fraction = mantissa & (2n ** 63n - 1n);
    if (fraction === 0n) return sign | 0x7ff0000000000000n;
    return sign | 0x7ff8000000000000n | (fraction >> 11n);
  }
  if (mantissa === 0n) return sign;
  // the value is mantissa * 2^power; a double is quotient * 2^unit with quotient up to 53 bits and unit from -1074 up
  const power = Math.max(exponent, 1) - 16383 - 63;
  const unit = Math.max(power + mantissa.toString(2).length - 53, -1074);
  const by = BigInt(unit - power);
  let quotient = by >= 0n ? mantissa >> by : mantissa << -by;
  const twiceRest = by > 0n ? (mantissa - (quotient << by)) * 2n : 0n;
  const one = by > 0n ? 1n << by : 1n;
  if (twiceRest > one || (twiceRest === one && quotient % 2n === 1n)) quotient += 1n;
  // both factors and the product are doubles, so that this is exact, or infinity
  return sign | bitsOf(Number(quotient) * 2 ** unit);
}

/** The extended number that a double is. */
export function widened(bits: bigint): Float80 {
  const sign = Number(bits >> 63n) << 15;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & (2n ** 52n - 1n);
  if (exponent === 0x7ff) {
    const quiet = fraction === 0n ? 0n : 2n ** 62n;
    return { signExponent: sign | 0x7fff, mantissa: (2n ** 63n) | quiet | (fraction << 11n) };
  }
  if (exponent === 0 && fraction === 0n) return { signExponent: sign, mantissa: 0n };
  let mantissa = exponent === 0 ? fraction : fraction | (2n ** 52n);
  let power = Math.max(exponent, 1) - 1023 - 52;
  while (mantissa < 2n ** 63n) {
    mantissa *= 2n;
    power -= 1;
  }
  return { signExponent: sign | (power + 63 + 16383), mantissa };
}
