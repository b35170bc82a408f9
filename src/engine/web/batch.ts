import type { Parts } from '../../basics/Parts.js';
import { COPIED_BELOW_BYTES } from '../../memory/copiedBelow.js';
import { closeCodes } from './closeCodes.js';
import { WebError } from './WebError.js';

// A binary message of the wire contains whole messages, each at an offset that is a multiple of 8. A message is: the number of parts,
// their lengths, zeros up to a multiple of 8, then each part with zeros up to a multiple of 8. All numbers are little-endian u32.

/** Receives the messages of a batch. */
export interface BatchSink {
  /** A message follows; `bytes` is its size on the wire. */
  begin(bytes: number): void;
  /** A part; without `start` the buffer contains only this part. */
  add(buffer: Uint8Array, length: number, more: boolean, start?: number): void;
}

export interface BatchLimits {
  readonly maxMessageBytes: number;
  readonly maxParts: number;
}

/** The size of a message on the wire, with its lengths and padding. This is what counts for a window. */
export function messageBytes(parts: Parts): number {
  let bytes = headBytes(parts.length);
  for (const part of parts) bytes += padded(part.length);
  return bytes;
}

/** The same for a message of two parts. */
export function pairBytes(first: number, second: number): number {
  return headBytes(2) + padded(first) + padded(second);
}

/** Writes a message at an offset that is a multiple of 8; returns where it ends. */
export function writeMessage(target: Uint8Array, at: number, parts: Parts): number {
  const count = parts.length;
  let place = at + headBytes(count);
  writeU32(target, at, count);
  for (let i = 0; i < count; i += 1) {
    const part = parts[i]!;
    const { length } = part;
    writeU32(target, at + 4 + 4 * i, length);
    target.set(part, place);
    place += padded(length);
    if ((length & 7) !== 0) target.fill(0, place - padded(length) + length, place);
  }
  if ((count & 1) === 0) writeU32(target, at + 4 + 4 * count, 0);
  return place;
}

/**
 * Reads a batch. The sink gets the messages before an invalid one, and then the error is thrown.
 *
 * @throws WebError if lengths or parts are wrong, or exceed the limits
 */
export function readBatch(batch: Uint8Array, limits: BatchLimits, sink: BatchSink): void {
  const { length: total } = batch;
  if (total === 0) throw broken('a batch without messages');
  let at = 0;
  while (at < total) {
    if (total - at < 8) throw broken(`a batch that ends in the middle of a message, at ${total}`);
    const count = readU32(batch, at);
    if (count === 0) throw broken('a message without parts');
    if (count > limits.maxParts) throw broken(`a message of ${count} parts, more than maxParts (${limits.maxParts})`);
    let end = at + headBytes(count);
    if (end > total) throw broken(`a message of ${count} parts in a batch of ${total} bytes`);
    for (let i = 0; i < count; i += 1) end += padded(readU32(batch, at + 4 + 4 * i)); // at most 1024 * 2^32: exact
    const bytes = end - at;
    if (bytes > limits.maxMessageBytes)
      throw broken(`a message of ${bytes} bytes, more than maxMessageBytes (${limits.maxMessageBytes})`);
    if (end > total) throw broken(`a message that says ${bytes} bytes, of which ${total - at} came`);
    sink.begin(bytes);
    const isAlone = at === 0 && end === total && ownsBuffer(batch);
    let place = at + headBytes(count);
    for (let i = 0; i < count; i += 1) {
      const length = readU32(batch, at + 4 + 4 * i);
      const more = i < count - 1;
      // A large part of a message that arrived alone is a view of the batch: no other message shares that memory.
      if (isAlone && length >= COPIED_BELOW_BYTES) sink.add(batch.subarray(place, place + length), length, more);
      else sink.add(batch, length, more, place);
      place += padded(length);
    }
    at = end;
  }
}

/** Whether the array has its memory for itself, and so is aligned for samples of any type. */
function ownsBuffer({ byteOffset, byteLength, buffer }: Uint8Array): boolean {
  return byteOffset === 0 && byteLength === buffer.byteLength;
}

function headBytes(parts: number): number {
  return (4 + 4 * parts + 7) & -8;
}

/** Correct also above 2^31. */
function padded(length: number): number {
  const over = length & 7;
  return over === 0 ? length : length + 8 - over;
}

function readU32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

function broken(reason: string): WebError {
  return new WebError(closeCodes.protocol, reason);
}
