import { LARGEST_FLOAT } from './Reader.js';
import { Refusal } from './Refusal.js';

const FIRST_BYTES = 4096;
/** Memory above this is let go once the message is written. */
const KEPT_BYTES = 1024 * 1024;
/** Up to this length, texts are written letter by letter, which is faster while they are ASCII. */
const LOOPED_LETTERS = 64;

/** Numbers below this are exact. */
const EXACT = 2 ** 53;
const ABOVE_UINT64 = 2n ** 64n;
const ABOVE_UINT128 = 2n ** 128n;
const INT64 = 'a bigint from -(2n ** 63n) to 2n ** 63n - 1n';

const encoder = new TextEncoder();
const float32 = new Float32Array(1);
const floatBytes = new Uint8Array(float32.buffer);
const floatBits = new Uint32Array(float32.buffer);
const eight = new Uint8Array(8);
const words = new Uint32Array(eight.buffer);
const float64 = new Float64Array(eight.buffer);
const int64 = new BigInt64Array(eight.buffer);
const uint64 = new BigUint64Array(eight.buffer);

/**
 * Writes protobuf fields into memory that is used again for the next message.
 *
 * A field whose presence is implied is left out at its default; each method refuses what its field cannot hold.
 */
export class Writer {
  #bytes = new Uint8Array(FIRST_BYTES);
  #pos = 0;

  /** A copy of what was written, in memory that `copy` finds. Then the writer begins anew. */
  finish(copy: (from: Uint8Array, start: number, length: number) => Uint8Array): Uint8Array {
    const written = copy(this.#bytes, 0, this.#pos);
    this.reset();
    return written;
  }

  /** Forgets what was written. */
  reset(): void {
    this.#pos = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(FIRST_BYTES);
  }

  /**
   * Begins a field that has a length, of which `expected` is a guess: a wrong one costs a move of the bytes.
   *
   * @returns what {@link close} takes
   */
  open(tag: number, expected = 0): number {
    this.#tag(tag);
    const width = sizeOf(expected);
    this.#room(width);
    this.#pos += width;
    return this.#pos;
  }

  /** Ends a field, with the same guess. */
  close(start: number, expected = 0): void {
    const length = this.#pos - start;
    const guessed = sizeOf(expected);
    const width = sizeOf(length);
    const moved = width - guessed;
    if (moved !== 0) {
      if (moved > 0) this.#room(moved);
      this.#bytes.copyWithin(start + moved, start, this.#pos);
      this.#pos += moved;
    }
    const bytes = this.#bytes;
    let at = start - guessed;
    let rest = length;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest & 127) | 128;
    bytes[at] = rest;
  }

  string(tag: number, value: string, field: string): void {
    if (value !== '') this.text(tag, value, field);
  }

  optionalString(tag: number, value: string | undefined, field: string): void {
    if (value !== undefined) this.text(tag, value, field);
  }

  /** A text, empty or not; `index` is its place in a list. */
  text(tag: number, value: string, field: string, index?: number): void {
    if (typeof value !== 'string') throw new Refusal(field, 'a string', value);
    this.#tag(tag);
    const { length } = value;
    if (length <= LOOPED_LETTERS) {
      this.#room(length + 1);
      const bytes = this.#bytes;
      let pos = this.#pos;
      bytes[pos++] = length;
      let i = 0;
      for (; i < length; i++) {
        const letter = value.charCodeAt(i);
        if (letter > 127) break;
        bytes[pos++] = letter;
      }
      if (i === length) {
        this.#pos = pos;
        return;
      }
    }
    if (/\p{Surrogate}/u.test(value)) {
      const path = index === undefined ? field : `${field}[${index}]`;
      throw new Refusal(path, 'a string without half a surrogate pair', value);
    }
    this.#room(5 + 3 * length);
    const width = sizeOf(length);
    const start = this.#pos + width;
    const { written } = encoder.encodeInto(value, this.#bytes.subarray(start));
    this.#pos = start + written;
    this.close(start, length);
  }

  strings(tag: number, values: readonly string[], field: string): void {
    if (!Array.isArray(values)) throw new Refusal(field, 'an array', values);
    for (let i = 0; i < values.length; i++) {
      const value: unknown = values[i];
      if (typeof value !== 'string') throw new Refusal(`${field}[${i}]`, 'a string', value);
      this.text(tag, value, field, i);
    }
  }

  bytes(tag: number, value: Uint8Array, field: string): void {
    if (isBytes(value, field) && value.length > 0) this.blob(tag, value, field);
  }

  /** Bytes, some or none. */
  blob(tag: number, value: Uint8Array, field: string): void {
    isBytes(value, field);
    this.#tag(tag);
    this.#varint(value.length, 0);
    this.#room(value.length);
    this.#bytes.set(value, this.#pos);
    this.#pos += value.length;
  }

  bool(tag: number, value: boolean, field: string): void {
    if (requireBoolean(value, field)) this.optionalBool(tag, value, field);
  }

  optionalBool(tag: number, value: boolean | undefined, field: string): void {
    if (value === undefined) return;
    requireBoolean(value, field);
    this.#tag(tag);
    this.#byte(value ? 1 : 0);
  }

  int32(tag: number, value: number, field: string): void {
    if (typeof value !== 'number' || (value | 0) !== value) throw new Refusal(field, 'an integer of 32 bits', value);
    if (value === 0) return;
    this.#tag(tag);
    this.#varint(value, value < 0 ? 0xffffffff : 0);
  }

  int64(tag: number, value: bigint, field: string): void {
    if (value !== 0n) this.#int64(tag, value, field);
  }

  optionalInt64(tag: number, value: bigint | undefined, field: string): void {
    if (value !== undefined) this.#int64(tag, value, field);
  }

  uint64(tag: number, value: bigint, field: string): void {
    if (typeof value !== 'bigint') throw new Refusal(field, 'a bigint', value);
    if (value === 0n) return;
    const number = Number(value);
    if (number > 0 && number < EXACT) {
      this.#tag(tag);
      return this.#number(number);
    }
    uint64[0] = value;
    if (uint64[0] !== value) throw new Refusal(field, 'a bigint from 0n to 2n ** 64n - 1n', value);
    this.#tag(tag);
    this.#varint(words[0]!, words[1]!);
  }

  /** The two halves of a number of 128 bits. */
  uint128(highTag: number, lowTag: number, value: bigint, field: string): void {
    if (typeof value !== 'bigint' || value < 0n || value >= ABOVE_UINT128) {
      throw new Refusal(field, 'a bigint from 0n to 2n ** 128n - 1n', value);
    }
    if (value < ABOVE_UINT64) return this.uint64(lowTag, value, field);
    this.uint64(highTag, value >> 64n, field);
    this.uint64(lowTag, BigInt.asUintN(64, value), field);
  }

  /** Also writes -0, which is no default: its bits are not 0. */
  float(tag: number, value: number, field: string): void {
    float32[0] = requireNumber(value, field);
    if (floatBits[0] !== 0) this.optionalFloat(tag, value, field);
  }

  optionalFloat(tag: number, value: number | undefined, field: string): void {
    if (value === undefined) return;
    float32[0] = requireNumber(value, field);
    this.#tag(tag);
    this.#room(4);
    const bytes = this.#bytes;
    const pos = this.#pos;
    bytes[pos] = floatBytes[0]!;
    bytes[pos + 1] = floatBytes[1]!;
    bytes[pos + 2] = floatBytes[2]!;
    bytes[pos + 3] = floatBytes[3]!;
    this.#pos = pos + 4;
  }

  /** An angle; peers take the largest float for none. */
  angle(tag: number, value: number | undefined, field: string): void {
    if (value !== undefined && Math.fround(value) !== LARGEST_FLOAT) this.optionalFloat(tag, value, field);
  }

  double(tag: number, value: number, field: string): void {
    float64[0] = requireNumber(value, field);
    if ((words[0]! | words[1]!) === 0) return;
    this.#tag(tag);
    this.#room(8);
    this.#eight();
  }

  /** An enum's value by its place among the names. */
  name(tag: number, value: string, names: readonly string[], field: string): void {
    const number = names.indexOf(value);
    if (number < 0) throw new Refusal(field, names.map((name) => `'${name}'`).join(' or '), value);
    if (number === 0) return;
    this.#tag(tag);
    this.#byte(number);
  }

  packedInt64(tag: number, values: readonly bigint[], field: string): void {
    if (!Array.isArray(values)) throw new Refusal(field, 'an array', values);
    if (values.length === 0) return;
    const start = this.open(tag);
    for (let i = 0; i < values.length; i++) {
      const value: unknown = values[i];
      if (!isInt64(value)) throw new Refusal(`${field}[${i}]`, INT64, value);
      this.#long(value);
    }
    this.close(start);
  }

  packedDouble(tag: number, values: readonly number[], field: string): void {
    if (!Array.isArray(values)) throw new Refusal(field, 'an array', values);
    if (values.length === 0) return;
    this.#tag(tag);
    this.#varint(values.length * 8, 0);
    this.#room(values.length * 8);
    for (let i = 0; i < values.length; i++) {
      const value: unknown = values[i];
      if (typeof value !== 'number') throw new Refusal(`${field}[${i}]`, 'a number', value);
      float64[0] = value;
      this.#eight();
    }
  }

  packedBool(tag: number, values: readonly boolean[], field: string): void {
    if (!Array.isArray(values)) throw new Refusal(field, 'an array', values);
    if (values.length === 0) return;
    this.#tag(tag);
    this.#varint(values.length, 0);
    this.#room(values.length);
    for (let i = 0; i < values.length; i++) {
      const value: unknown = values[i];
      if (typeof value !== 'boolean') throw new Refusal(`${field}[${i}]`, 'a boolean', value);
      this.#bytes[this.#pos++] = value ? 1 : 0;
    }
  }

  #eight(): void {
    const bytes = this.#bytes;
    const pos = this.#pos;
    for (let i = 0; i < 8; i++) bytes[pos + i] = eight[i]!;
    this.#pos = pos + 8;
  }

  #int64(tag: number, value: unknown, field: string): void {
    if (!isInt64(value)) throw new Refusal(field, INT64, value);
    this.#tag(tag);
    this.#long(value);
  }

  #long(value: bigint): void {
    const number = Number(value);
    if (number >= 0 && number < EXACT) return this.#number(number);
    int64[0] = value;
    this.#varint(words[0]!, words[1]!);
  }

  #number(value: number): void {
    if (value < 128) this.#byte(value);
    else this.#varint(value, Math.floor(value / 0x100000000));
  }

  #varint(lowHalf: number, highHalf: number): void {
    this.#room(10);
    const bytes = this.#bytes;
    let pos = this.#pos;
    let low = lowHalf >>> 0;
    let high = highHalf >>> 0;
    while (high !== 0) {
      bytes[pos++] = (low & 127) | 128;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    while (low > 127) {
      bytes[pos++] = (low & 127) | 128;
      low >>>= 7;
    }
    bytes[pos++] = low;
    this.#pos = pos;
  }

  #tag(tag: number): void {
    this.#room(2);
    if (tag > 127) {
      this.#bytes[this.#pos++] = (tag & 127) | 128;
      this.#bytes[this.#pos++] = tag >>> 7;
    } else this.#bytes[this.#pos++] = tag;
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.#pos++] = byte;
  }

  #room(length: number): void {
    if (this.#pos + length > this.#bytes.length) this.#grow(this.#pos + length);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#pos));
    this.#bytes = larger;
  }
}

/** How many bytes a length takes. */
function sizeOf(length: number): number {
  let size = 1;
  for (let rest = length; rest > 127; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

function requireNumber(value: unknown, field: string): number {
  if (typeof value !== 'number') throw new Refusal(field, 'a number', value);
  return value;
}

function requireBoolean(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw new Refusal(field, 'a boolean', value);
  return value;
}

function isInt64(value: unknown): value is bigint {
  if (typeof value !== 'bigint') return false;
  const number = Number(value);
  if (number > -EXACT && number < EXACT) return true;
  int64[0] = value;
  return int64[0] === value;
}

function isBytes(value: unknown, field: string): boolean {
  if (ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === 'Uint8Array') return true;
  throw new Refusal(field, 'a Uint8Array', value);
}
