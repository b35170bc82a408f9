import { giveLarge, takeLarge } from '../../memory/largeBuffers.js';
import { COMMAND, LONG, MORE } from './flags.js';
import { ZmtpError } from './ZmtpError.js';

/** Receives the decoded frames. */
export interface FrameSink {
  /** A part of a message, in a chunk, or without `start` in its own buffer. */
  add(buffer: Uint8Array, length: number, more: boolean, start?: number): void;
  /** The body of a command; it is valid only during the call. */
  command(body: Uint8Array): void;
}

/** Limits for the messages of a peer. */
export interface DecoderLimits {
  /** The size of a message, all parts together. */
  readonly maxMessageBytes: number;
  readonly maxParts: number;
}

const MAX_HEADER_BYTES = 9;
/** No known command is longer: they contain topics, groups and contexts. */
const MAX_COMMAND_BYTES = 65_536;
/** Up to this size a body gets memory as soon as it is announced; more only as it arrives, or if this peer has sent as much before. */
const FIRST_BODY_BYTES = 65_536;
/** If at least this much of a body is missing, it is read in place. */
const IN_PLACE_BYTES = 16_384;

/** Decodes the frames that a peer sends after its handshake. The result does not depend on how the bytes are split. */
export class Decoder {
  readonly #sink: FrameSink;
  readonly #limits: DecoderLimits;
  readonly #header = new Uint8Array(MAX_HEADER_BYTES);
  #headerBytes = 0;
  /** The body that has arrived in part. */
  #body: Uint8Array | undefined;
  #bodyFlags = 0;
  #bodyBytes = 0;
  #bodyLength = 0;
  /** The longest body this peer has sent. */
  #longest = FIRST_BODY_BYTES;
  /** The bytes and parts of the current message so far. */
  #messageBytes = 0;
  #messageParts = 0;

  constructor(sink: FrameSink, limits: DecoderLimits) {
    this.#sink = sink;
    this.#limits = limits;
  }

  /** Whether a message or a frame has arrived in part. */
  get begun(): boolean {
    return this.#messageParts > 0 || this.#body !== undefined || this.#headerBytes > 0;
  }

  /** The memory into which the next bytes should be read; `undefined`: any. */
  get wanted(): Uint8Array | undefined {
    if (this.#body === undefined) return undefined;
    const end = Math.min(this.#body.length, this.#bodyLength);
    if (end - this.#bodyBytes >= IN_PLACE_BYTES) return this.#body.subarray(this.#bodyBytes, end);
    if (this.#bodyLength - this.#bodyBytes < IN_PLACE_BYTES) return undefined;
    this.#growBody(this.#bodyBytes + IN_PLACE_BYTES);
    return this.#body.subarray(this.#bodyBytes, Math.min(this.#body.length, this.#bodyLength));
  }

  /**
   * That number of bytes was read into the start of {@link wanted}.
   *
   * @throws ZmtpError
   */
  filled(count: number): void {
    this.#bodyBytes += count;
    if (this.#bodyBytes === this.#bodyLength) this.#endBody();
  }

  /**
   * Decodes bytes of a chunk, which must not change while the sink uses it.
   *
   * @throws ZmtpError if they break the protocol or a limit
   */
  feed(chunk: Uint8Array, from: number, end: number): void {
    let at = from;
    if (this.#body !== undefined) at = this.#fillBody(chunk, at, end);
    if (this.#headerBytes > 0) at = this.#fillHeader(chunk, at, end);
    while (at < end) {
      const flags = chunk[at]!;
      const headerBytes = (flags & LONG) === 0 ? 2 : MAX_HEADER_BYTES;
      if (end - at < headerBytes) {
        this.#header.set(chunk.subarray(at, end));
        this.#headerBytes = end - at;
        return;
      }
      const length = headerBytes === 2 ? chunk[at + 1]! : longLength(chunk, at + 1);
      this.#check(flags, length);
      at += headerBytes;
      if (end - at < length) {
        this.#startBody(flags, length, end - at);
        this.#fillBody(chunk, at, end);
        return;
      }
      if ((flags & COMMAND) === 0) this.#sink.add(chunk, length, (flags & MORE) !== 0, at);
      else this.#sink.command(chunk.subarray(at, at + length));
      at += length;
    }
  }

  /** Completes a header that was split between chunks. */
  #fillHeader(chunk: Uint8Array, from: number, end: number): number {
    const header = this.#header;
    let at = from;
    while (at < end) {
      header[this.#headerBytes] = chunk[at]!;
      this.#headerBytes += 1;
      at += 1;
      const flags = header[0]!;
      if (this.#headerBytes < ((flags & LONG) === 0 ? 2 : MAX_HEADER_BYTES)) continue;
      const length = this.#headerBytes === 2 ? header[1]! : longLength(header, 1);
      this.#headerBytes = 0;
      this.#check(flags, length);
      this.#startBody(flags, length, end - at);
      return this.#fillBody(chunk, at, end);
    }
    return at;
  }

  #check(flags: number, length: number): void {
    const { maxMessageBytes, maxParts } = this.#limits;
    if ((flags & COMMAND) !== 0) {
      if (length > MAX_COMMAND_BYTES) throw new ZmtpError(`a command of ${length} bytes: at most ${MAX_COMMAND_BYTES}`);
      return;
    }
    this.#messageBytes += length;
    this.#messageParts += 1;
    if (this.#messageBytes > maxMessageBytes) {
      throw new ZmtpError(`a message of ${this.#messageBytes} bytes or more: maxMessageBytes is ${maxMessageBytes}`);
    }
    if (this.#messageParts > maxParts)
      throw new ZmtpError(`a message of more than ${maxParts} parts: that is maxParts`);
    if ((flags & MORE) === 0) {
      this.#messageBytes = 0;
      this.#messageParts = 0;
    }
  }

  /** Does not take memory for a large body that is only announced. */
  #startBody(flags: number, length: number, arrived: number): void {
    this.#bodyFlags = flags;
    this.#bodyLength = length;
    this.#bodyBytes = 0;
    this.#body = takeLarge(Math.min(length, Math.max(this.#longest, Math.min(arrived * 2, length))));
  }

  #fillBody(chunk: Uint8Array, at: number, end: number): number {
    const count = Math.min(end - at, this.#bodyLength - this.#bodyBytes);
    if (this.#body!.length < this.#bodyBytes + count) this.#growBody(this.#bodyBytes + count);
    this.#body!.set(chunk.subarray(at, at + count), this.#bodyBytes);
    this.#bodyBytes += count;
    if (this.#bodyBytes === this.#bodyLength) this.#endBody();
    return at + count;
  }

  #growBody(needed: number): void {
    const old = this.#body!;
    this.#body = takeLarge(Math.min(this.#bodyLength, Math.max(needed, old.length * 2)));
    this.#body.set(old.subarray(0, this.#bodyBytes));
    giveLarge(old);
  }

  #endBody(): void {
    const body = this.#body!;
    const flags = this.#bodyFlags;
    this.#body = undefined;
    this.#longest = Math.max(this.#longest, body.length);
    if ((flags & COMMAND) === 0) this.#sink.add(body, body.length, (flags & MORE) !== 0);
    else this.#sink.command(body);
  }
}

/** @throws ZmtpError above 2^53 */
function longLength(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
  const low = bytes[at + 4]! * 0x1000000 + ((bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!);
  if (high >= 0x200000) throw new ZmtpError('a frame longer than 2^53 bytes');
  return high * 0x100000000 + low;
}
