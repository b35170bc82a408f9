import { LARGEST_FLOAT } from './Reader.js';
import { Refusal } from './Refusal.js';
import { sizeOf, WireWriter } from './WireWriter.js';

/** Up to this length, texts are written character by character, which is faster as long as they are ASCII. */
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
 * Writes protobuf fields. A field with implicit presence is left out if it has its default value. Each method refuses values
 * that its field cannot hold.
 */
export class Writer extends WireWriter {
  string(tag: number, value: string, field: string): void {
    if (value !== '') this.text(tag, value, field);
  }

  optionalString(tag: number, value: string | undefined, field: string): void {
    if (value !== undefined) this.text(tag, value, field);
  }

  /** A text, empty or not; `index` is its index in a list. */
  text(tag: number, value: string, field: string, index?: number): void {
    if (typeof value !== 'string') throw new Refusal(field, 'a string', value);
    this.putTag(tag);
    const { length } = value;
    if (length <= LOOPED_LETTERS) {
      this.room(length + 1);
      const bytes = this.memory;
      let pos = this.pos;
      bytes[pos++] = length;
      let i = 0;
      for (; i < length; i++) {
        const letter = value.charCodeAt(i);
        if (letter > 127) break;
        bytes[pos++] = letter;
      }
      if (i === length) {
        this.pos = pos;
        return;
      }
    }
    if (/\p{Surrogate}/u.test(value)) {
      const path = index === undefined ? field : `${field}[${index}]`;
      throw new Refusal(path, 'a string without half a surrogate pair', value);
    }
    this.room(5 + 3 * length);
    const width = sizeOf(length);
    const start = this.pos + width;
    const { written } = encoder.encodeInto(value, this.memory.subarray(start));
    this.pos = start + written;
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

  /** Bytes, empty or not. */
  blob(tag: number, value: Uint8Array, field: string): void {
    isBytes(value, field);
    this.putTag(tag);
    this.putVarint(value.length, 0);
    this.room(value.length);
    this.memory.set(value, this.pos);
    this.pos += value.length;
  }

  bool(tag: number, value: boolean, field: string): void {
    if (requireBoolean(value, field)) this.optionalBool(tag, value, field);
  }

  optionalBool(tag: number, value: boolean | undefined, field: string): void {
    if (value === undefined) return;
    requireBoolean(value, field);
    this.putTag(tag);
    this.putByte(value ? 1 : 0);
  }

  int32(tag: number, value: number, field: string): void {
    if (typeof value !== 'number' || (value | 0) !== value) throw new Refusal(field, 'an integer of 32 bits', value);
    if (value === 0) return;
    this.putTag(tag);
    this.putVarint(value, value < 0 ? 0xffffffff : 0);
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
      this.putTag(tag);
      return this.#number(number);
    }
    uint64[0] = value;
    if (uint64[0] !== value) throw new Refusal(field, 'a bigint from 0n to 2n ** 64n - 1n', value);
    this.putTag(tag);
    this.putVarint(words[0]!, words[1]!);
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

  /** Also writes -0, which is not the default: its bits are not 0. */
  float(tag: number, value: number, field: string): void {
    float32[0] = requireNumber(value, field);
    if (floatBits[0] !== 0) this.optionalFloat(tag, value, field);
  }

  optionalFloat(tag: number, value: number | undefined, field: string): void {
    if (value === undefined) return;
    float32[0] = requireNumber(value, field);
    this.putTag(tag);
    this.room(4);
    const bytes = this.memory;
    const pos = this.pos;
    bytes[pos] = floatBytes[0]!;
    bytes[pos + 1] = floatBytes[1]!;
    bytes[pos + 2] = floatBytes[2]!;
    bytes[pos + 3] = floatBytes[3]!;
    this.pos = pos + 4;
  }

  /** An angle; peers expect the largest float for no angle. */
  angle(tag: number, value: number | undefined, field: string): void {
    if (value !== undefined && Math.fround(value) !== LARGEST_FLOAT) this.optionalFloat(tag, value, field);
  }

  double(tag: number, value: number, field: string): void {
    float64[0] = requireNumber(value, field);
    if ((words[0]! | words[1]!) === 0) return;
    this.putTag(tag);
    this.room(8);
    this.#eight();
  }

  /** An enum's value, by its index among the names. */
  name(tag: number, value: string, names: readonly string[], field: string): void {
    const number = names.indexOf(value);
    if (number < 0) throw new Refusal(field, names.map((name) => `'${name}'`).join(' or '), value);
    if (number === 0) return;
    this.putTag(tag);
    this.putByte(number);
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
    this.putTag(tag);
    this.putVarint(values.length * 8, 0);
    this.room(values.length * 8);
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
    this.putTag(tag);
    this.putVarint(values.length, 0);
    this.room(values.length);
    for (let i = 0; i < values.length; i++) {
      const value: unknown = values[i];
      if (typeof value !== 'boolean') throw new Refusal(`${field}[${i}]`, 'a boolean', value);
      this.memory[this.pos++] = value ? 1 : 0;
    }
  }

  #eight(): void {
    const bytes = this.memory;
    const pos = this.pos;
    for (let i = 0; i < 8; i++) bytes[pos + i] = eight[i]!;
    this.pos = pos + 8;
  }

  #int64(tag: number, value: unknown, field: string): void {
    if (!isInt64(value)) throw new Refusal(field, INT64, value);
    this.putTag(tag);
    this.#long(value);
  }

  #long(value: bigint): void {
    const number = Number(value);
    if (number >= 0 && number < EXACT) return this.#number(number);
    int64[0] = value;
    this.putVarint(words[0]!, words[1]!);
  }

  #number(value: number): void {
    if (value < 128) this.putByte(value);
    else this.putVarint(value, Math.floor(value / 0x100000000));
  }
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
