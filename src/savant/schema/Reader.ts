import { MessageError } from './MessageError.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Texts up to this length are looked up among earlier ones: names and labels are repeated. */
const KNOWN_TEXT_BYTES = 40;
const KNOWN_TEXTS = 2048; // a power of two
/** How deep groups of unknown fields may nest. */
const MAX_DEPTH = 100;

export const LARGEST_FLOAT = 3.4028234663852886e38;

const four = new Uint8Array(4);
const float32 = new Float32Array(four.buffer);
const eight = new Uint8Array(8);
const float64 = new Float64Array(eight.buffer);
const words = new Uint32Array(eight.buffer);
const int64 = new BigInt64Array(eight.buffer);
const uint64 = new BigUint64Array(eight.buffer);

/** The numbers that take one byte, as most do. */
const SMALL = /* @__PURE__ */ Array.from({ length: 128 }, (_, value) => BigInt(value));

const knownTexts: (string | undefined)[] = new Array<undefined>(KNOWN_TEXTS).fill(undefined);

/** Reads the scalars of protobuf, one after the other, and checks every length. */
export class Reader {
  readonly #bytes: Uint8Array;
  /** The next byte to read. */
  pos = 0;
  /** The end of the bytes. */
  readonly end: number;
  /** Whether to keep attributes that are not persistent. */
  readonly keepTemporary: boolean;
  // the two halves of the last varint
  #low = 0;
  #high = 0;

  constructor(bytes: Uint8Array, keepTemporary = false) {
    this.#bytes = bytes;
    this.keepTemporary = keepTemporary;
    this.end = bytes.length;
  }

  /** The number and wire type of the next field. */
  tag(): number {
    const start = this.pos;
    const byte = this.#bytes[start];
    if (byte !== undefined && byte < 128 && byte > 7) {
      this.pos = start + 1;
      return byte;
    }
    this.#varint();
    if (this.#high !== 0) throw broken(`the tag at byte ${start} is above 2 ** 32`);
    if (this.#low >>> 3 === 0) throw broken(`the tag at byte ${start} has field number 0`);
    return this.#low >>> 0;
  }

  /** Reads the length of the next field, which must end before `outer`, and returns its end. */
  enter(outer: number): number {
    const start = this.pos;
    const byte = this.#bytes[start];
    if (byte !== undefined && byte < 128 && start + 1 + byte <= outer) {
      this.pos = start + 1;
      return start + 1 + byte;
    }
    this.#varint();
    const end = this.pos + this.#high * 0x100000000 + (this.#low >>> 0);
    if (end > outer) throw broken(`a length at byte ${start} reaches to ${end}, past the end at ${outer}`);
    return end;
  }

  /** Checks that a field ended where its length says. */
  leave(end: number): void {
    if (this.pos !== end) throw broken(`a field reaches to byte ${this.pos}, past the end of its message at ${end}`);
  }

  string(): string {
    const end = this.enter(this.end);
    const start = this.pos;
    this.pos = end;
    const length = end - start;
    if (length === 0) return '';
    const bytes = this.#bytes;
    if (length > KNOWN_TEXT_BYTES) return decodeText(bytes, start, end);
    const hash = length + 31 * bytes[start]! + 131 * bytes[end - 1]! + 521 * bytes[(start + end) >>> 1]!;
    const slot = hash & (KNOWN_TEXTS - 1);
    const known = knownTexts[slot];
    if (known !== undefined && isText(known, bytes, start, length)) return known;
    const text = decodeText(bytes, start, end);
    if (text.length === length) knownTexts[slot] = text; // a text that is not ASCII would never be found
    return text;
  }

  /** A view of the message's bytes, not a copy. */
  bytes(): Uint8Array {
    const end = this.enter(this.end);
    const { buffer, byteOffset } = this.#bytes;
    const found = new Uint8Array(buffer, byteOffset + this.pos, end - this.pos);
    this.pos = end;
    return found;
  }

  bool(): boolean {
    const byte = this.#bytes[this.pos]!;
    if (byte < 2) {
      this.pos += 1;
      return byte === 1;
    }
    this.#varint();
    return (this.#low | this.#high) !== 0;
  }

  int32(): number {
    this.#varint();
    return this.#low | 0;
  }

  int64(): bigint {
    const byte = this.#bytes[this.pos]!;
    if (byte < 128) {
      this.pos += 1;
      return SMALL[byte]!;
    }
    this.#varint();
    if (this.#high === 0) return BigInt(this.#low >>> 0);
    words[0] = this.#low;
    words[1] = this.#high;
    return int64[0]!;
  }

  uint64(): bigint {
    const byte = this.#bytes[this.pos]!;
    if (byte < 128) {
      this.pos += 1;
      return SMALL[byte]!;
    }
    this.#varint();
    if (this.#high === 0) return BigInt(this.#low >>> 0);
    words[0] = this.#low;
    words[1] = this.#high;
    return uint64[0]!;
  }

  float(): number {
    const start = this.#take(4);
    const bytes = this.#bytes;
    four[0] = bytes[start]!;
    four[1] = bytes[start + 1]!;
    four[2] = bytes[start + 2]!;
    four[3] = bytes[start + 3]!;
    return float32[0]!;
  }

  /** An angle; peers send the largest float for no angle. */
  angle(): number | undefined {
    const angle = this.float();
    return angle === LARGEST_FLOAT ? undefined : angle;
  }

  double(): number {
    const start = this.#take(8);
    const bytes = this.#bytes;
    for (let i = 0; i < 8; i++) eight[i] = bytes[start + i]!;
    return float64[0]!;
  }

  /** The name of an enum's value. */
  name<const Name extends string>(names: readonly Name[], field: string): Name {
    const start = this.pos;
    const number = this.int32();
    const name = names[number];
    if (name !== undefined) return name;
    throw new MessageError(field, `${field} at byte ${start} is ${number}, which has no name`);
  }

  packedInt64(list: bigint[], outer: number): void {
    const end = this.enter(outer);
    while (this.pos < end) list.push(this.int64());
    this.leave(end);
  }

  packedDouble(list: number[], outer: number): void {
    const end = this.enter(outer);
    while (this.pos < end) list.push(this.double());
    this.leave(end);
  }

  packedBool(list: boolean[], outer: number): void {
    const end = this.enter(outer);
    while (this.pos < end) list.push(this.bool());
    this.leave(end);
  }

  /**
   * Skips a field that the schema does not have.
   *
   * @param known one bit for each field number of the schema: such a field has a wrong wire type here
   */
  skip(tag: number, known: number, message: string): void {
    const number = tag >>> 3;
    if (number < 32 && ((known >>> number) & 1) === 1) {
      throw new MessageError(
        message,
        `field ${number} of ${message}, before byte ${this.pos}, has wire type ${tag & 7}`,
      );
    }
    this.#skipValue(tag);
  }

  #skipValue(first: number): void {
    const groups: number[] = [];
    let tag = first;
    for (;;) {
      switch (tag & 7) {
        case 0:
          this.#varint();
          break;
        case 1:
          this.#take(8);
          break;
        case 2:
          this.pos = this.enter(this.end);
          break;
        case 3:
          if (groups.length === MAX_DEPTH) throw broken(`groups nest more than ${MAX_DEPTH} deep at byte ${this.pos}`);
          groups.push(tag >>> 3);
          break;
        case 4:
          if (groups.pop() !== tag >>> 3) throw broken(`a group ends before byte ${this.pos} that did not begin`);
          break;
        case 5:
          this.#take(4);
          break;
        default:
          throw broken(`wire type ${tag & 7} before byte ${this.pos} does not exist`);
      }
      if (groups.length === 0) return;
      tag = this.tag();
    }
  }

  #take(length: number): number {
    const start = this.pos;
    if (start + length > this.end) throw this.#short(start, length);
    this.pos = start + length;
    return start;
  }

  #varint(): void {
    const bytes = this.#bytes;
    const start = this.pos;
    let pos = start;
    let byte = bytes[pos++];
    if (byte === undefined) throw this.#short(start, 1);
    if (byte < 128) {
      this.#low = byte;
      this.#high = 0;
      this.pos = pos;
      return;
    }
    let low = byte & 127;
    let high = 0;
    for (let shift = 7; ; shift += 7) {
      byte = bytes[pos++];
      if (byte === undefined) throw this.#short(start, pos - start);
      const bits = byte & 127;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 128) break;
      if (shift === 63) throw broken(`the number at byte ${start} has more than 10 bytes`);
    }
    if (pos - start === 10 && byte > 1) throw broken(`the number at byte ${start} is above 2 ** 64`);
    this.#low = low;
    this.#high = high >>> 0;
    this.pos = pos;
  }

  #short(start: number, wanted: number): MessageError {
    return broken(`it ends at byte ${this.end}, where a value of at least ${wanted} bytes begins at ${start}`);
  }
}

function broken(reason: string): MessageError {
  return new MessageError('', `these bytes are not a message: ${reason}`);
}

/** The error of a missing field that peers require. */
export function missing(field: string): MessageError {
  return new MessageError(field, `${field} is missing`);
}

function decodeText(bytes: Uint8Array, start: number, end: number): string {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch (cause) {
    throw new MessageError('', `these bytes are not a message: the text at byte ${start} is not valid UTF-8`, {
      cause,
    });
  }
}

function isText(text: string, bytes: Uint8Array, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
