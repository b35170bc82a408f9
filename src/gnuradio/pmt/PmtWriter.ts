import { encodeUtf8 } from '../../codecs/utf8.js';
import { CodecError } from '../../errors.js';
import { describe } from '../../basics/describe.js';
import type { DialectRules } from './dialects.js';
import type { PmtInput } from './types.js';
import { C32, C64, F32, MAX_DEPTH, MAX_SYMBOL_BYTES, swapBytes, TAG, VECTORS, vectorCode } from './wire.js';

const MAX_LONG = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** Writes PMTs, but none that GNU Radio could not read or on which it would crash. */
export class PmtWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;
  readonly #rules: DialectRules;

  constructor(rules: DialectRules, capacity = 64) {
    this.#rules = rules;
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The bytes written so far; valid until the next write. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** An unsigned 64-bit integer, little-endian, as in tag headers. */
  writeIndex(value: number): void {
    const at = this.#grow(8);
    this.#view.setUint32(at, value >>> 0, true);
    this.#view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  }

  /** @throws CodecError if GNU Radio has no such value, or could not read it. */
  write(value: PmtInput | undefined, depth = 0): void {
    if (depth > MAX_DEPTH) throw new CodecError(`PMT: values may be nested at most ${MAX_DEPTH} deep`);
    switch (typeof value) {
      case 'boolean':
        return this.#byte(value ? TAG.true : TAG.false);
      case 'string':
        return this.#symbol(value);
      case 'number':
        return this.#double(TAG.double, value);
      case 'bigint':
        return this.#long(value);
      case 'object':
        if (value === null) return this.#byte(TAG.null);
        return this.#object(value, depth);
      default:
        throw new CodecError(`PMT: GNU Radio has no value for ${describe(value)}`);
    }
  }

  #object(value: object, depth: number): void {
    if (Array.isArray(value)) return this.#items(TAG.vector, value as readonly PmtInput[], depth);
    if (ArrayBuffer.isView(value)) return this.#array(value);
    const tag = Object.prototype.toString.call(value);
    if (tag === '[object Map]') return this.#dict((value as ReadonlyMap<PmtInput, PmtInput>).entries(), depth);
    if (tag !== '[object Object]' || !isPlain(value))
      throw new CodecError(`PMT: GNU Radio has no value for ${describe(value)}`);
    const kind = kindOf(value);
    if (kind === undefined) return this.#dict(Object.entries(value), depth);
    return this.#tagged(kind, value, depth);
  }

  #tagged(kind: unknown, value: Tagged, depth: number): void {
    switch (kind) {
      case 'uint64':
        return this.#uint64(value.value);
      case 'complex':
        this.#double(TAG.complex, value.re);
        return this.#bareDouble(value.im);
      case 'tuple':
        if (itemsOf(value).length === 0) {
          throw new CodecError(
            'PMT: a tuple must have at least 1 item: GNU Radio crashes on an empty one; null is the empty list',
          );
        }
        return this.#items(TAG.tuple, itemsOf(value), depth);
      case 'list':
        for (const item of itemsOf(value)) {
          this.#byte(TAG.pair);
          this.write(item, depth + 1);
        }
        return this.#byte(TAG.null);
      case 'pair':
        return this.#chain(value, depth);
      case 'c32vector':
        return this.#complexes(C32, value.values);
      case 'c64vector':
        return this.#complexes(C64, value.values);
      default:
        throw new CodecError(
          `PMT: there is no kind ${describe(kind)}: 'pmt' is uint64, complex, tuple, list, pair, c32vector or c64vector; ` +
            "a dict with the key 'pmt' is a Map",
        );
    }
  }

  /** Pairs, each of which is the second value of the one before: as the reader counts depth, so that what was read can be written. */
  #chain(pair: Tagged, depth: number): void {
    let cells = 0;
    let rest: Tagged['cdr'] = pair as PmtInput;
    while (kindOf(rest) === 'pair' && depth + cells <= MAX_DEPTH) {
      const { car, cdr } = rest as Tagged;
      this.#byte(TAG.pair);
      this.write(car, depth + 1);
      cells += 1;
      rest = cdr;
    }
    this.write(rest, depth + cells);
  }

  /** Reserves space, and returns its offset. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length = at + count;
    if (this.#length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      bytes.set(this.#bytes);
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer);
    }
    return at;
  }

  #byte(byte: number): void {
    const at = this.#grow(1); // which may replace the buffer
    this.#bytes[at] = byte;
  }

  #symbol(text: string): void {
    const bytes = encodeUtf8('PMT: a symbol', text);
    if (bytes.length > MAX_SYMBOL_BYTES) {
      throw new CodecError(
        `PMT: a symbol has at most ${MAX_SYMBOL_BYTES} bytes, ${describe(text)} has ${bytes.length}: send them as a Uint8Array`,
      );
    }
    const at = this.#grow(3 + bytes.length);
    this.#bytes[at] = TAG.symbol;
    this.#view.setUint16(at + 1, bytes.length);
    this.#bytes.set(bytes, at + 3);
  }

  #double(tag: number, value: unknown): void {
    this.#byte(tag);
    this.#bareDouble(value);
  }

  #bareDouble(value: unknown): void {
    if (typeof value !== 'number')
      throw new CodecError(`PMT: a part of a complex must be a number, not ${describe(value)}`);
    const at = this.#grow(8);
    this.#view.setFloat64(at, value);
  }

  #long(value: bigint): void {
    const is32 = BigInt.asIntN(32, value) === value;
    if (!is32 && (this.#rules.shortLongs || BigInt.asIntN(64, value) !== value)) {
      const bits = this.#rules.shortLongs ? 32 : 64;
      const hint = value > MAX_LONG && value <= MAX_UINT64 ? `: pmt.uint64(${value}n) has one more` : '';
      throw new CodecError(`PMT: a long has ${bits} bits and a sign, which ${value}n does not fit${hint}`);
    }
    const at = this.#grow(is32 ? 5 : 9);
    this.#bytes[at] = is32 ? TAG.int32 : TAG.int64;
    if (is32) this.#view.setInt32(at + 1, Number(value));
    else this.#view.setBigInt64(at + 1, value);
  }

  #uint64(value: unknown): void {
    if (typeof value !== 'bigint' || value < 0n || value > MAX_UINT64) {
      throw new CodecError(`PMT: a uint64 must be a bigint from 0n to 2n ** 64n - 1n, not ${describe(value)}`);
    }
    const at = this.#grow(9);
    this.#bytes[at] = TAG.uint64;
    this.#view.setBigUint64(at + 1, value);
  }

  #items(tag: number, items: readonly PmtInput[], depth: number): void {
    const at = this.#grow(5);
    this.#bytes[at] = tag;
    this.#view.setUint32(at + 1, items.length);
    for (let i = 0; i < items.length; i += 1) this.write(items[i], depth + 1); // a hole is undefined
  }

  #dict(entries: Iterable<readonly [PmtInput, PmtInput | undefined]>, depth: number): void {
    const cell = this.#rules.plainDicts ? TAG.pair : TAG.dict;
    for (const [key, value] of entries) {
      this.#byte(cell);
      this.#byte(TAG.pair);
      this.write(key, depth + 1);
      this.write(value, depth + 1);
    }
    this.#byte(TAG.null);
  }

  #array(view: ArrayBufferView): void {
    const name = (view as Uint8Array)[Symbol.toStringTag] as string | undefined;
    const code = vectorCode(name ?? '');
    if (code < 0) throw new CodecError(`PMT: GNU Radio has no vector for ${describe(view)}`);
    this.#uniform(code, view);
  }

  #complexes(code: typeof C32 | typeof C64, values: unknown): void {
    const { name, arrayName } = VECTORS[code]!;
    if (!ArrayBuffer.isView(values) || (values as Float32Array)[Symbol.toStringTag] !== arrayName) {
      throw new CodecError(`PMT: the values of a ${name} must be a ${arrayName}, not ${describe(values)}`);
    }
    if ((values as Float32Array).length % 2 !== 0) {
      throw new CodecError(
        `PMT: the values of a ${name} are real and imaginary parts, but there are ${describe(values)}`,
      );
    }
    this.#uniform(code, values);
  }

  #uniform(code: number, view: ArrayBufferView): void {
    const { elements } = VECTORS[code]!;
    const { widens, swaps } = this.#rules;
    let array = view as Float32Array;
    if (widens && (code === F32 || code === C32)) array = Float64Array.from(array) as never;
    else if (swaps && code === C32) array = array.map((_, i) => (view as Float32Array)[i ^ 1]!);
    const { byteLength } = array;
    const at = this.#grow(8 + byteLength);
    this.#bytes[at] = TAG.uniform;
    this.#bytes[at + 1] = code;
    this.#view.setUint32(at + 2, array.length / elements);
    this.#bytes[at + 6] = 1; // bytes of padding
    this.#bytes[at + 7] = 0;
    this.#bytes.set(new Uint8Array(array.buffer, array.byteOffset, byteLength), at + 8);
    swapBytes(this.#bytes.subarray(at + 8, at + 8 + byteLength), array.BYTES_PER_ELEMENT);
  }
}

/** The fields of an object with a `pmt`. */
interface Tagged {
  readonly value?: unknown;
  readonly re?: unknown;
  readonly im?: unknown;
  readonly items?: unknown;
  readonly values?: unknown;
  readonly car?: PmtInput;
  readonly cdr?: PmtInput;
}

/** Which value an object stands for, if it says so. */
const kindOf = (value: unknown): unknown => (value as { readonly pmt?: unknown } | null | undefined)?.pmt;

function itemsOf({ items }: Tagged): readonly PmtInput[] {
  if (!Array.isArray(items))
    throw new CodecError(`PMT: the items of a tuple or list must be an array, not ${describe(items)}`);
  return items as readonly PmtInput[];
}

/** Whether it is a plain object, of any realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
