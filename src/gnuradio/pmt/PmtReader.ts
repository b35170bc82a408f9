import { decodeUtf8 } from '../../codecs/utf8.js';
import { CodecError } from '../../errors.js';
import type { DialectRules } from './dialects.js';
import type { Pmt } from './types.js';
import { C32, C64, F32, MAX_DEPTH, MAX_SYMBOL_BYTES, MAX_VALUES, swapBytes, TAG, VECTORS } from './wire.js';

/** Reads PMTs from untrusted bytes: it checks every count against the bytes that are left, and limits nesting and the number of values. */
export class PmtReader {
  /** The position of the next byte. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #rules: DialectRules;
  #values = 0;

  constructor(bytes: Uint8Array, at: number, rules: DialectRules) {
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length); // the slice of a Buffer is not a copy
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#rules = rules;
    this.at = at;
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** @throws CodecError */
  read(depth = 0): Pmt {
    if (depth > MAX_DEPTH) throw new CodecError(`PMT: it is nested more than ${MAX_DEPTH} deep`);
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new CodecError(`PMT: it has more than ${MAX_VALUES} values`);
    const tag = this.#bytes[this.#take(1, 'a value')]!;
    switch (tag) {
      case TAG.true:
        return true;
      case TAG.false:
        return false;
      case TAG.symbol:
        return this.#symbol();
      case TAG.int32:
        return BigInt(this.#view.getInt32(this.#take(4, 'a long')));
      case TAG.int64:
        return this.#view.getBigInt64(this.#take(8, 'a long'));
      case TAG.uint64:
        return { pmt: 'uint64', value: this.#view.getBigUint64(this.#take(8, 'a uint64')) };
      case TAG.double:
        return this.#double();
      case TAG.complex:
        return { pmt: 'complex', re: this.#double(), im: this.#double() };
      case TAG.null:
        return null;
      case TAG.pair:
        return this.#chain(depth);
      case TAG.dict:
        return this.#dict(depth);
      case TAG.vector:
        return this.#items('vector', depth);
      case TAG.tuple:
        return { pmt: 'tuple', items: this.#tuple(depth) };
      case TAG.uniform:
        return this.#uniform();
      default:
        throw new CodecError(`PMT: type ${hex(tag)} at byte ${this.at - 1} is unknown`);
    }
  }

  /** Consumes this many bytes, and returns the position of the first. */
  #take(count: number, what: string): number {
    const { at, left } = this;
    if (count > left) throw new CodecError(`PMT: ${what} at byte ${at} needs ${count} bytes, but ${left} are left`);
    this.at = at + count;
    return at;
  }

  #double(): number {
    return this.#view.getFloat64(this.#take(8, 'a double'));
  }

  #count(what: string): number {
    return this.#view.getUint32(this.#take(4, `the count of a ${what}`));
  }

  #symbol(): string {
    const length = this.#view.getUint16(this.#take(2, 'the length of a symbol'));
    if (length > MAX_SYMBOL_BYTES) {
      throw new CodecError(`PMT: a symbol has at most ${MAX_SYMBOL_BYTES} bytes, this one has ${length}`);
    }
    const start = this.#take(length, 'a symbol');
    return decodeUtf8('PMT: a symbol', this.#bytes.subarray(start, start + length));
  }

  #items(what: string, depth: number): Pmt[] {
    const count = this.#count(what);
    if (count > this.left) {
      throw new CodecError(`PMT: a ${what} of ${count} items does not fit into the ${this.left} bytes that are left`);
    }
    const items: Pmt[] = [];
    for (let i = 0; i < count; i += 1) items.push(this.read(depth + 1));
    return items;
  }

  #tuple(depth: number): Pmt[] {
    const items = this.#items('tuple', depth);
    if (items.length === 0) throw new CodecError('PMT: a tuple is empty, which GNU Radio cannot read either');
    return items;
  }

  /** Cells of pairs, one after another: a list if nil ends them. A loop, as lists may be long. */
  #chain(depth: number): Pmt {
    const items: Pmt[] = [];
    for (;;) {
      items.push(this.read(depth + 1));
      const next = this.#bytes[this.at];
      if (next !== TAG.pair && next !== TAG.null) break;
      this.at += 1;
      if (next === TAG.null) return { pmt: 'list', items };
    }
    let chain = this.read(depth + items.length); // pairs are nested
    for (let i = items.length - 1; i >= 0; i -= 1) chain = { pmt: 'pair', car: items[i]!, cdr: chain };
    return chain;
  }

  /** Cells of a dict, the first of which has been begun: cells of pairs may follow. */
  #dict(depth: number): Pmt {
    const entries = new Map<Pmt, Pmt>();
    for (;;) {
      const start = this.#take(1, 'an entry of a dict');
      if (this.#bytes[start] !== TAG.pair)
        throw new CodecError(`PMT: an entry of a dict at byte ${start} is not a pair`);
      const key = this.read(depth + 1);
      const value = this.read(depth + 1);
      if (!entries.has(key)) entries.set(key, value); // the first entry is the newest
      const next = this.#bytes[this.#take(1, 'the end of a dict')]!;
      if (next === TAG.null) return entries;
      if (next !== TAG.dict && next !== TAG.pair) {
        throw new CodecError(
          `PMT: a dict goes on with ${hex(next)} at byte ${this.at - 1}, where an entry or nil must be`,
        );
      }
    }
  }

  #uniform(): Pmt {
    const code = this.#bytes[this.#take(1, 'the type of a uniform vector')]!;
    const kind = VECTORS[code];
    if (kind === undefined) throw new CodecError(`PMT: uniform vectors of type ${hex(code)} are unknown`);
    const count = this.#count(kind.name);
    const padding = this.#bytes[this.#take(1, 'the padding of a uniform vector')]!;
    this.#take(padding, 'the padding of a uniform vector');

    const widened = this.#rules.widens && (code === F32 || code === C32);
    const size = widened ? 8 : kind.bytes;
    const length = count * kind.elements * size;
    const start = this.#take(length, `a ${kind.name} of ${count} items`);
    const bytes = this.#bytes.slice(start, start + length); // a copy, so it is aligned
    swapBytes(bytes, size);
    const array = widened ? Float32Array.from(new Float64Array(bytes.buffer)) : kind.make(bytes.buffer);
    if (code === C32) {
      if (this.#rules.swaps) swapParts(array as Float32Array);
      return { pmt: 'c32vector', values: array as Float32Array };
    }
    return code === C64 ? { pmt: 'c64vector', values: array as Float64Array } : (array as Uint8Array);
  }
}

/** Exchanges real and imaginary parts, in place. */
function swapParts(values: Float32Array): void {
  for (let i = 0; i < values.length; i += 2) {
    const first = values[i]!;
    values[i] = values[i + 1]!;
    values[i + 1] = first;
  }
}

const hex = (byte: number) => `0x${byte.toString(16).padStart(2, '0')}`;
